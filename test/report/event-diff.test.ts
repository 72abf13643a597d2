import { expect } from 'chai'
import { diffLines } from '#src/report/diff-lines.js'
import { eventDiff } from '#src/report/event-diff.js'
import { prettyJson } from '#src/report/pretty-json.js'
import { canonicalReport } from './canonical-report.js'

const finding = canonicalReport.findings[0]!

describe('event diff', () => {
  it('prints JSON as JSON.stringify does', () => {
    for (const value of [{ a: [1, { b: null }], c: {}, d: [], e: '{"x":[1,2]}' }, [], {}, 'x', 1, [[], [{}]]]) {
      expect(prettyJson(JSON.stringify(value)).join('\n')).to.equal(JSON.stringify(value, null, 2))
    }
  })

  it('keeps what parsing would lose', () => {
    expect(prettyJson('{"a":1,"a":2,"n":1e999,"s":"\\ud800"}')).to.deep.equal([
      '{',
      '  "a": 1,',
      '  "a": 2,',
      '  "n": 1e999,',
      '  "s": "\\ud800"',
      '}',
    ])
    expect(prettyJson('{"a": "unclosed').join('')).to.include('"unclosed')
  })

  it('gives both sides back', () => {
    const before = ['{', 'a', 'b', 'c', '}']
    const after = ['{', 'b', 'x', 'c', 'd', '}']
    const lines = diffLines(before, after)
    expect(lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text)).to.deep.equal(before)
    expect(lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text)).to.deep.equal(after)
    expect(lines.filter(({ kind }) => kind === 'same')).to.have.lengthOf(4)
  })

  it('shows no line that differs in a marker only, and this event’s markers', () => {
    const event = '{"a":"efaaaaaaaaaaz","b":"efcccccccccczX"}'
    const lines = eventDiff({ ...finding, event, validEvent: '{"a":"efbbbbbbbbbbz","b":"efbbbbbbbbbbz"}' })!
    expect(lines.filter(({ kind }) => kind === 'same').map(({ text }) => text)).to.include('  "a": "efaaaaaaaaaaz",')
    expect(lines.filter(({ kind }) => kind === 'added').map(({ text }) => text)).to.deep.equal(['  "b": "efcccccccccczX"'])
  })

  it('bears the worst event: deep, long, all escapes, all different', () => {
    const most = 256 * 1024
    for (const event of [
      '['.repeat(most),
      `"${'\\"'.repeat(most / 2 - 1)}"`,
      `[${'1,'.repeat(most / 2 - 2)}1]`,
      '"'.repeat(most),
    ]) {
      const validEvent = `[${'2,'.repeat(most / 2 - 2)}2]`
      expect(eventDiff({ ...finding, event, validEvent })?.length).to.be.greaterThan(1)
    }
    expect(eventDiff({ ...finding, event: 'x'.repeat(most + 1) })).to.equal(undefined)
  })
})
