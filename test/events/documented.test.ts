import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { type Json, PACKAGE_ROOT, type SourceId } from '#src/model/index.js'
import { mutated } from './mutated.js'
import { validatorOf } from './validator.js'

interface Documented {
  readonly about: string
  readonly source: SourceId
  readonly event: Json
}

/** Written by hand after the AWS documentation: shapes that our own events seldom or never have. */
const ROWS = JSON.parse(readFileSync(new URL('test/events/documented.json', PACKAGE_ROOT), 'utf8')) as readonly Documented[]

describe('events as AWS documents them', () => {
  for (const { about, source, event } of ROWS)
    it(`are accepted: ${about}`, () => {
      const check = validatorOf(source)
      expect(check(event) ? null : check.errors).to.equal(null)
    })

  it('are refused with one field of another type, 95 % of them', () => {
    const accepted: string[] = []
    let all = 0
    for (const { about, source, event } of ROWS) {
      const check = validatorOf(source)
      for (const [pointer, other] of mutated(event)) {
        all++
        if (check(other)) accepted.push(`${about}: ${pointer}`)
      }
    }
    expect(all).to.be.greaterThan(500)
    expect(1 - accepted.length / all, `${accepted.length} of ${all}: ${accepted.join('\n')}`).to.be.at.least(0.95)
  })
})
