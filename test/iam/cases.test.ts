import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { analysePermissions } from '#src/iam/index.js'
import type { Json, SourceId } from '#src/model/index.js'
import { type Call, question } from './maker.js'

interface IamCase {
  readonly name: string
  readonly granted: readonly Json[]
  readonly exercised: readonly Call[]
  /** Words of the function's own code; left out: nobody looked. */
  readonly names?: readonly string[]
  readonly sources?: readonly SourceId[]
  /** Statements of the permissions boundary. */
  readonly boundary?: readonly Json[]
  /** All rows, in any order; `why` is a part of the text. */
  readonly expected: readonly {
    readonly class: string
    readonly action: string
    readonly resource: string
    readonly why?: string
  }[]
}

const CASES = new URL('../../test/iam/cases/', import.meta.url)

// Adding a case needs no code: a line in a file of test/iam/cases.
describe('iam cases', () => {
  for (const file of readdirSync(CASES).sort()) {
    describe(file, () => {
      for (const c of JSON.parse(readFileSync(new URL(file, CASES), 'utf8')) as IamCase[]) it(c.name, () => check(c))
    })
  }
})

function check({ granted, exercised, names, sources, boundary, expected }: IamCase): void {
  const asked = question(granted, exercised, sources)
  const limit =
    boundary === undefined ? {} : { boundary: { name: 'limit', document: { Version: '2012-10-17', Statement: boundary } } }
  const rows = analysePermissions({ ...asked, ...limit }, names === undefined ? undefined : new Set(names))
  expect(rows.map(keyOf).sort()).to.deep.equal(expected.map(keyOf).sort())
  for (const { why, ...row } of expected) {
    if (why !== undefined) expect(rows.find((found) => keyOf(found) === keyOf(row))?.why).to.include(why)
  }
}

const keyOf = ({ class: kind, action, resource }: { class: string; action: string; resource: string }): string =>
  `${kind} ${action} on ${resource}`
