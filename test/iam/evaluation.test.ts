import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { AccessRequest, PolicyLayers } from '#src/iam/evaluate/access.js'
import { evaluateAccess } from '#src/iam/index.js'
import { isJsonObject, type Json, type NamedPolicy } from '#src/model/index.js'

/** Policies by layer: documents, or statements of a document of 2012. */
type Layers = Readonly<Record<string, readonly Json[]>>

interface Group {
  readonly about: string
  /** The page of AWS's documentation whose example this is. */
  readonly doc: string
  readonly policies: Layers
  readonly cases: readonly {
    /** Without a principal: the user alice of 123456789012. */
    readonly request: Omit<AccessRequest, 'principal'> & { readonly principal?: string }
    readonly decision: string
    /** A part of the explanation. */
    readonly why?: string
  }[]
}

const CASES = new URL('../../test/iam/evaluation/', import.meta.url)
const ALICE = 'arn:aws:iam::123456789012:user/alice'

// Adding a case needs no code: a line in a file of test/iam/evaluation.
describe("decisions of AWS's own examples", () => {
  const groups = readdirSync(CASES).map((file) => ({
    file,
    groups: JSON.parse(readFileSync(new URL(file, CASES), 'utf8')) as Group[],
  }))

  it('are at least a hundred', () => {
    expect(groups.flatMap((one) => one.groups).flatMap(({ cases }) => cases).length).to.be.greaterThan(100)
  })

  for (const { file, groups: list } of groups) {
    describe(file, () => {
      for (const { about, policies, cases } of list) {
        for (const { request, decision, why } of cases) {
          it(`${about}: ${JSON.stringify(request)} is ${decision}`, () => {
            const found = evaluateAccess({ principal: ALICE, ...request }, layersOf(policies))
            expect(found.decision, found.why).to.equal(decision)
            if (why !== undefined) expect(found.why).to.include(why)
          })
        }
      }
    })
  }
})

function layersOf(layers: Layers): PolicyLayers {
  return Object.fromEntries(
    Object.entries(layers).map(([name, list]) => [
      name,
      name === 'scps' ? list.map((level, i) => named(`${name}[${i}]`, level as readonly Json[])) : named(name, list),
    ]),
  )
}

/** Statements become one document; a document stays what it is. */
function named(name: string, list: readonly Json[]): readonly NamedPolicy[] {
  const documents = list.filter((one) => isJsonObject(one) && one.Statement !== undefined)
  const statements = list.filter((one) => !documents.includes(one))
  const rest = statements.length === 0 ? [] : [{ Version: '2012-10-17', Statement: statements }]
  return [...documents, ...rest].map((document, i) => ({ name: `${name}-${i}`, document }))
}
