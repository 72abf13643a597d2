import { expect } from 'chai'
import type { Trial } from '#src/model/index.js'
import { oracles } from '#src/oracles/index.js'
import { fromOutside } from '#src/oracles/outside.js'
import { returned, trial } from './trial-maker.js'

const HEAD = 'efaaaaaaaaaaz'
const JOINED = 'efccccccccccz'
const point = { wire: '/query/q/0', control: 'attacker', encodings: ['url-query'], kind: 'leaf' } as const
const hostile = (family: string) => ({
  injection: { family, payload: 'p', point, head: HEAD, tail: 'efbbbbbbbbbbz', joined: JOINED },
})
const found = (one: Trial, http = false) =>
  fromOutside(oracles, http).oracles.flatMap((oracle) => [...oracle.judge(one)].map(({ rule }) => rule))

describe('rules from outside', () => {
  it('are the same rules, or named as those that see nothing', () => {
    for (const http of [false, true]) {
      const { oracles: seen, blind } = fromOutside(oracles, http)
      expect([...seen.map(({ id }) => id), ...blind]).to.have.members(oracles.map(({ id }) => id))
      expect(blind).to.include.members(['ssrf', 'path-traversal', 'prototype-pollution', 'lost-write'])
      expect(blind.includes('malformed-response')).to.equal(http)
    }
  })

  for (const family of ['command-injection', 'code-injection', 'code-injection-joined', 'template-injection']) {
    const rule = family.replace('-joined', '')
    it(`${family}: speaks when answer or log join what stands apart in the event`, () => {
      const event = { body: 'x efddd efeee' }
      expect(
        found(trial({ case: hostile(family), event, outcome: returned({ statusCode: 200, body: `hi ${JOINED}` }) })),
      ).to.deep.equal([rule])
      const silent = trial({ case: hostile(family), event })
      const logged: Trial = { ...silent, observations: silent.observations.map((one) => ({ ...one, log: `x\n${JOINED}\n` })) }
      expect(found(logged)).to.deep.equal([rule])
    })
    it(`${family}: is silent where the event itself holds them joined, and where nothing does`, () => {
      const outcome = returned({ statusCode: 200, body: JOINED })
      const event = { body: JOINED }
      const steps = [{ text: JSON.stringify(event), warm: true }]
      // Templates are judged by their own rule: its payloads hold the halves the other way round.
      if (rule !== 'template-injection') expect(found(trial({ case: { ...hostile(family), steps }, outcome }))).to.deep.equal([])
      expect(found(trial({ case: hostile(family) }))).to.deep.equal([])
      expect(
        found(trial({ case: hostile('html-injection'), outcome: returned({ statusCode: 200, body: JOINED }) })),
      ).to.deep.equal([])
    })
  }

  const COMPLAINTS: readonly (readonly [rule: string, text: string])[] = [
    ['command-injection', '/bin/sh: 1: Syntax error: Unterminated quoted string'],
    ['command-injection', `sh: 1: ${HEAD}: not found`],
    ['sql-injection', 'ERROR: unterminated quoted string at or near "\'x"'],
    ['sql-injection', 'You have an error in your SQL syntax; check the manual'],
    ['dynamodb-expression-injection', 'ValidationException: Invalid FilterExpression: Syntax error; token: "RO"'],
    ['partiql-injection', "Statement wasn't well formed, can't be processed: Unexpected token"],
  ]
  for (const [rule, text] of COMPLAINTS) {
    it(`${rule}: speaks when its interpreter complains: ${text.slice(0, 40)}`, () => {
      expect(found(trial({ case: hostile(rule), outcome: returned({ statusCode: 500, body: text }) }))).to.deep.equal([rule])
    })
    it(`${rule}: is silent on an honest event with the same text, and on another payload`, () => {
      const outcome = returned({ statusCode: 500, body: text })
      expect(found(trial({ case: { injection: null }, outcome }))).to.deep.equal([])
      expect(found(trial({ case: hostile('header-injection'), outcome }))).to.deep.equal([])
    })
  }

  it('unhandled-error: speaks of a function that failed behind a gateway', () => {
    const outcome = {
      kind: 'threw',
      name: 'FailedBehindGateway',
      message: 'the client gets 502',
      stack: '',
      how: 'handler',
      code: null,
      isError: false,
    } as const
    expect(found(trial({ outcome }), true)).to.deep.equal(['unhandled-error'])
    expect(found(trial({ outcome: { ...outcome, name: 'NotFound' } }), true)).to.deep.equal([])
  })
})
