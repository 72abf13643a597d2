import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { type Evidence, type JsonObject, readPackageJson } from '#src/model/index.js'
import { canonicalReport } from './canonical-report.js'

const validatorOf = (name: string): ValidateFunction =>
  new Ajv2020({ ownProperties: true, allowUnionTypes: true }).compile(readPackageJson(`schemas/${name}.schema.json`))

const evidence: Evidence = {
  v: 1,
  target: 'thumbnails',
  caseId: 'case-1',
  stage: 'valid',
  surface: 'delivered',
  control: false,
  service: 's3',
  operation: 'GetObject',
  region: 'us-east-1',
  params: { Bucket: 'shop-images', Key: 'photos/cat.jpg' },
  resources: ['arn:aws:s3:::shop-images/photos/cat.jpg'],
  eventControlled: ['/Key'],
  via: 'request',
  outcome: 'ok',
  answeredBy: 'stub',
  location: { file: 'src/thumbnails.mjs', line: 47, column: 24 },
  retryOf: null,
}

const { fingerprint, rule, surface, stage, pointer, replay, case: made } = canonicalReport.findings[2]!
const caseFile = {
  schemaVersion: 1,
  tool: canonicalReport.tool,
  fingerprint,
  rule,
  target: { id: 'thumbnails', file: 'src/thumbnails.mjs', export: 'handler', environment: {} },
  source: 's3',
  surface,
  stage,
  seed: 7,
  steps: made.steps,
  pointer,
  replay,
}

const DOCUMENTS: Readonly<Record<string, object>> = { report: canonicalReport, evidence, case: caseFile }

/** Every way to leave out one property that the schema demands of this document, named by its path. */
function* withoutOne(document: unknown, schema: JsonObject, root: JsonObject, path = ''): Generator<readonly [string, unknown]> {
  const { $ref, anyOf, required = [], properties = {}, items } = schema as Record<string, never>
  if ($ref !== undefined)
    yield* withoutOne(document, (root.$defs as Record<string, JsonObject>)[($ref as string).slice(8)]!, root, path)
  if (anyOf !== undefined && document !== null) yield* withoutOne(document, (anyOf as JsonObject[])[1]!, root, path)
  if (Array.isArray(document) && document.length > 0 && items !== undefined) {
    for (const [name, changed] of withoutOne(document[0], items, root, `${path}/0`)) yield [name, [changed, ...document.slice(1)]]
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return
  const whole = document as Record<string, unknown>
  for (const name of required as string[])
    yield [`${path}/${name}`, Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name))]
  for (const [name, inner] of Object.entries(properties as Record<string, JsonObject>)) {
    for (const [where, changed] of withoutOne(whole[name], inner, root, `${path}/${name}`))
      yield [where, { ...whole, [name]: changed }]
  }
}

describe('report schemas', () => {
  for (const [name, document] of Object.entries(DOCUMENTS)) {
    const schema = readPackageJson(`schemas/${name}.schema.json`)
    const validate = validatorOf(name)

    it(`${name}: the canonical document is valid, also with further properties`, () => {
      expect(validate(document), JSON.stringify(validate.errors)).to.equal(true)
      expect(validate({ ...document, later: true })).to.equal(true)
    })

    it(`${name}: what the document holds is required`, () => {
      expect(schema.required).to.have.members(Object.keys(document))
    })

    it(`${name}: without any one of its required fields it is not`, () => {
      const mutants = [...withoutOne(document, schema, schema)]
      expect(mutants.length).to.be.greaterThan(15)
      for (const [path, mutant] of mutants) expect(validate(mutant), path).to.equal(false)
    })
  }

  it('report: every property of the model that the canonical report holds is required', () => {
    const findingKeys = Object.keys(canonicalReport.findings[0]!)
    const { $defs } = readPackageJson('schemas/report.schema.json') as { $defs: Record<string, { required: string[] }> }
    expect($defs.finding!.required).to.have.members(findingKeys)
    expect($defs.target!.required).to.have.members(Object.keys(canonicalReport.targets[0]!))
    expect($defs.permission!.required).to.have.members(Object.keys(canonicalReport.permissions[0]!))
  })
})
