import { expect } from 'chai'
import { runInOrder } from '#src/campaign/in-order.js'
import type { Execution, Observation, Session } from '#src/model/index.js'

/** A session whose function answers every event with what `answer` says. */
function sessionOf(answer: (text: string) => string): { session: Session; texts: string[][] } {
  const texts: string[][] = []
  const run = (batch: readonly Execution[]) => {
    texts.push(batch.map(({ text }) => text))
    return Promise.resolve(batch.map(({ text }) => ({ outcome: { kind: 'returned', text: answer(text) } }) as Observation))
  }
  return { session: { run } as unknown as Session, texts }
}

const item = (n: number, text: string, at?: string): Execution => ({
  ...{ n, text, mode: 'proof', deadlineMs: 1_000 },
  ...(at !== undefined && { takes: { marker: 'MARK', at } }),
})
const signal = new AbortController().signal

describe('events that need the answer before them', () => {
  const proxy = (id: unknown) => JSON.stringify({ statusCode: 201, body: JSON.stringify({ made: { id } }) })
  const GIVEN: readonly (readonly [what: string, answer: string, at: string, text: string])[] = [
    ['a member of the body', proxy('a-1'), '/made/id', '"/things/a-1"'],
    ['a number', proxy(17), '/made/id', '"/things/17"'],
    ['a member of a plain answer', '{"id":"b_2"}', '/id', '"/things/b_2"'],
    ['nothing, where the answer lacks it', proxy('a-1'), '/id', '"/things/MARK"'],
    ['nothing that would have to be encoded', proxy('"},{"'), '/made/id', '"/things/MARK"'],
    ['nothing of what is no JSON', 'oops', '/id', '"/things/MARK"'],
    ['nothing that is inherited', proxy('a-1'), '/constructor/name', '"/things/MARK"'],
  ]
  for (const [what, answer, at, expected] of GIVEN)
    it(`take ${what}`, async () => {
      const { session, texts } = sessionOf(() => answer)
      const seen = await runInOrder(session, [item(1, '"make"'), item(2, '"/things/MARK"', at), item(3, '"after"')], signal)
      expect(texts).to.deep.equal([['"make"'], [expected, '"after"']])
      expect(seen).to.have.lengthOf(3)
    })

  it('run as one batch where none does', async () => {
    const { session, texts } = sessionOf(() => 'null')
    await runInOrder(session, [item(1, '1'), item(2, '2')], signal)
    expect(texts).to.deep.equal([['1', '2']])
  })
})
