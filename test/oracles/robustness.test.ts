import { expect } from 'chai'
import type { Case, Outcome } from '#src/model/index.js'
import { crash } from '#src/oracles/crash.js'
import { hang } from '#src/oracles/hang.js'
import { oracles } from '#src/oracles/index.js'
import { poisonMessage } from '#src/oracles/poison-message.js'
import { unhandledError } from '#src/oracles/unhandled-error.js'
import { effect, HEAD, returned, threw, trial } from './trial-maker.js'

describe('unhandled-error', () => {
  const rows: readonly (readonly [string, Outcome, speaks: boolean])[] = [
    ['a TypeError', threw('TypeError'), true],
    ['a SyntaxError of JSON.parse', threw('SyntaxError'), true],
    ['a URIError', threw('URIError'), true],
    ['a RangeError', threw('RangeError'), true],
    ['an error of Node', threw('Error', { code: 'ERR_INVALID_URL' }), true],
    ['an answer that cannot be serialised', threw('Error', { how: 'unserialisable' }), true],
    ['a plain Error', threw('Error'), false],
    ['Unauthorized', threw('Error', { message: 'Unauthorized' }), false],
    ['a validation error', threw('ZodError'), false],
    ['a ValidationError', threw('ValidationError'), false],
    ['an HTTP error', threw('BadRequestError'), false],
    ['an assertion', threw('AssertionError', { code: 'ERR_ASSERTION' }), false],
    ['an error of AWS', threw('ResourceNotFoundException'), false],
    ['a system error', threw('Error', { code: 'ENOENT' }), false],
    ['a thrown text', threw('string', { isError: false }), false],
    ['an uncaught one, which is a crash', threw('TypeError', { how: 'uncaught' }), false],
    ['a connection that fetch could not make', threw('TypeError', { message: 'fetch failed' }), false],
    ['an address that fetch could not read', threw('TypeError', { message: 'Failed to parse URL from x' }), true],
    ['an answer', returned({ statusCode: 400 }), false],
  ]
  for (const [name, outcome, speaks] of rows) {
    it(`${speaks ? 'speaks at' : 'is silent at'} ${name}`, () => {
      expect([...unhandledError.judge(trial({ outcome }))]).to.have.lengthOf(speaks ? 1 : 0)
    })
  }
  it('is anchored at the error and the user’s function, not at the line', () => {
    const at = (line: number) =>
      threw('TypeError', { stack: `TypeError: no\n    at parse (src/a.mjs:${line}:3)\n    at handler (src/app.mjs:1:1)` })
    const anchors = [at(3), at(4)].map((outcome) => [...unhandledError.judge(trial({ outcome }))][0]?.anchor)
    expect(anchors).to.deep.equal(['error:TypeError@src/a.mjs#parse', 'error:TypeError@src/a.mjs#parse'])
  })
  it('speaks of a plain Error of a package where the event is delivered again', () => {
    const stack =
      'Error: No value\n    at unmarshall (/task/node_modules/@aws-sdk/util-dynamodb/index.js:1:1)\n    at handler (src/app.mjs:1:1)'
    const judged = (contract: Case['contract'], outcome: Outcome) => [
      ...unhandledError.judge(trial({ case: { contract }, outcome })),
    ]
    expect(judged('batch', threw('Error', { stack }))).to.have.lengthOf(1)
    expect(judged('proxy-v2', threw('Error', { stack }))).to.deep.equal([])
    expect(judged('batch', threw('Error'))).to.deep.equal([])
    expect(judged('batch', threw('ZodError', { stack }))).to.deep.equal([])
    expect(judged('batch', threw('Error', { stack, code: 'ECONNREFUSED' }))).to.deep.equal([])
  })
  it('is silent on what cannot become a text, unless the event has records of others', () => {
    const outcome = threw('TypeError', { message: 'Cannot convert object to primitive value' })
    const half = { event: { name: '\ud800' }, outcome: threw('URIError', { message: 'URI malformed' }) }
    expect([...unhandledError.judge(trial({ outcome }))]).to.deep.equal([])
    expect([...unhandledError.judge(trial({ case: { contract: 'async' }, ...half }))]).to.deep.equal([])
    expect([...unhandledError.judge(trial({ ...half, event: { name: '%' } }))]).to.have.lengthOf(1)
    for (const one of [{ outcome }, half])
      expect([...unhandledError.judge(trial({ case: { contract: 'batch' }, ...one }))]).to.have.lengthOf(1)
  })
  it('leaves a value that is compiled, and is no pattern or code, to the rules for that', () => {
    const outcome = threw('SyntaxError', { message: 'Invalid regular expression: /(/: Unterminated group' })
    const pattern = (source: string) => effect('regexp', { source, input: '' })
    expect([...unhandledError.judge(trial({ outcome, effects: [pattern(`${HEAD}(`)] }))]).to.deep.equal([])
    expect([...unhandledError.judge(trial({ outcome, effects: [pattern('(')] }))]).to.have.lengthOf(1)
    const ofJson = threw('SyntaxError', { message: 'Unexpected token, "(" is not valid JSON' })
    expect([...unhandledError.judge(trial({ outcome: ofJson, effects: [pattern(`${HEAD}(`)] }))]).to.have.lengthOf(1)
  })
  it('leaves batches with an unreadable record to poison-message', () => {
    expect([...unhandledError.judge(trial({ case: { stage: 'sequence' }, outcome: threw('TypeError') }))]).to.deep.equal([])
  })
})

describe('poison-message', () => {
  const judged = (changes: Partial<Case>, outcome: Outcome) => [
    ...poisonMessage.judge(trial({ case: { source: 'sqs', contract: 'batch', stage: 'sequence', ...changes }, outcome })),
  ]
  it('speaks when one record of a sequence makes the function throw, whatever it throws', () => {
    expect(judged({}, threw('SyntaxError'))).to.have.lengthOf(1)
    expect(judged({}, threw('Error'))).to.have.lengthOf(1)
  })
  it('is silent when the failed record is reported', () =>
    expect(judged({}, returned({ batchItemFailures: [{ itemIdentifier: 'm' }] }))).to.deep.equal([]))
  it('is silent on a batch of one', () => expect(judged({ stage: 'hostile' }, threw('SyntaxError'))).to.deep.equal([]))
  it('is silent on sources that deliver no batch', () =>
    expect(judged({ contract: 'async' }, threw('SyntaxError'))).to.deep.equal([]))
})

describe('hang', () => {
  it('speaks at a timeout and says how', () => {
    const anchors = [true, false].map(
      (spinning) => [...hang.judge(trial({ outcome: { kind: 'timed-out', afterMs: 300, spinning } }))][0]?.anchor,
    )
    expect(anchors).to.deep.equal(['hang:spins', 'hang:waits'])
  })
  it('is silent at an answer', () => expect([...hang.judge(trial({}))]).to.deep.equal([]))
})

describe('crash', () => {
  for (const reason of ['exit', 'out-of-memory', 'signal', 'output-flood', 'protocol'] as const) {
    it(`names ${reason}`, () => {
      const outcome: Outcome = { kind: 'crashed', exitCode: 0, signal: null, reason, detail: '' }
      expect([...crash.judge(trial({ outcome }))].map(({ anchor }) => anchor)).to.deep.equal([`crash:${reason}`])
    })
  }
  for (const how of ['uncaught', 'unhandled-rejection'] as const) {
    it(`speaks at an ${how} error, plain or not`, () =>
      expect([...crash.judge(trial({ outcome: threw('Error', { how }) }))]).to.have.lengthOf(1))
  }
  it('is silent at an error of the handler', () =>
    expect([...crash.judge(trial({ outcome: threw('TypeError') }))]).to.deep.equal([]))
})

describe('the list of rules', () => {
  it('names each once, with what a report needs', () => {
    expect(new Set(oracles.map(({ id }) => id)).size).to.equal(oracles.length)
    for (const { id, cwe, owasp, title, remediation, supersedes = [] } of oracles) {
      expect(cwe, id).to.satisfy((ids: readonly string[]) => ids.length > 0 && ids.every((one) => /^CWE-[1-9]\d*$/.test(one)))
      expect(owasp, id).to.satisfy((ids: readonly string[]) => ids.length > 0 && ids.every((one) => /^S(?:[1-9]|10)$/.test(one)))
      expect(title.length, id).to.be.within(10, 70)
      expect(remediation.length, id).to.be.greaterThan(20)
      for (const other of supersedes) expect(oracles.map((one) => one.id)).to.include(other)
    }
  })
  it('is silent at a function that answers and touches nothing', () => {
    for (const oracle of oracles) expect([...oracle.judge(trial({}))], oracle.id).to.deep.equal([])
  })
})
