import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { sourceOf } from '#src/events/index.js'
import { sampleWires } from '#src/generate/index.js'
import { type Json, PACKAGE_ROOT, type SourceId } from '#src/model/index.js'

/** An independent judge: the schemas of @aws-lambda-powertools/parser, which `npm ci` in examples/real installs. */
const PARSER = new URL('examples/real/node_modules/@aws-lambda-powertools/parser/lib/esm/schemas/index.js', PACKAGE_ROOT)

interface Issue {
  readonly path: readonly (string | number)[]
  readonly code: string
  readonly message: string
}
type Schemas = Readonly<
  Record<
    string,
    { safeParse(event: unknown): { readonly success: boolean; readonly error?: { readonly issues: readonly Issue[] } } }
  >
>

const JUDGES: readonly (readonly [SourceId, schema: string])[] = [
  ['apigw-v1', 'APIGatewayProxyEventSchema'],
  ['apigw-v2', 'APIGatewayProxyEventV2Schema'],
  ['s3', 'S3Schema'],
  ['sqs', 'SqsSchema'],
  ['dynamodb-stream', 'DynamoDBStreamSchema'],
  ['authorizer-token', 'APIGatewayTokenAuthorizerEventSchema'],
]

/** Events of ours that the judge refuses although AWS delivers them: where, what it says, who is right. */
const DEVIATIONS: readonly (readonly [SourceId, issue: RegExp, reason: string])[] = []

describe('events before the judge of powertools', () => {
  let schemas: Schemas = {}
  before(async function () {
    if (existsSync(PARSER)) {
      schemas = (await import(pathToFileURL(PARSER.pathname).href)) as Schemas
      return
    }
    if (process.env['REQUIRE_ALL'] === '1')
      throw new Error('@aws-lambda-powertools/parser is missing: run `npm ci` in examples/real')
    console.log('    skipped: @aws-lambda-powertools/parser is not installed (npm ci in examples/real)')
    this.skip()
  })

  for (const [id, name] of JUDGES) {
    it(`${name} accepts the events of ${id}, but for the deviations listed`, () => {
      const source = sourceOf(id)
      const refused = new Map<string, Json>()
      const used = new Set<RegExp>()
      for (const wire of sampleWires(source, {}, 11, 1000)) {
        const event = JSON.parse(JSON.stringify(source.toEvent(wire, {}))) as Json
        for (const { path, code, message } of schemas[name]!.safeParse(event).error?.issues ?? []) {
          const issue = `/${path.join('/')} ${code}: ${message}`
          const known = DEVIATIONS.find(([about, pattern]) => about === id && pattern.test(issue))
          if (known === undefined) refused.set(issue, event)
          else used.add(known[1])
        }
      }
      expect([...refused].slice(0, 20).map(([issue, event]) => `${issue} in ${JSON.stringify(event)}`)).to.deep.equal([])
      for (const [about, pattern] of DEVIATIONS) if (about === id) expect(used, String(pattern)).to.include(pattern)
    })
  }
})
