import { expect } from 'chai'
import type { SourceId } from '#src/model/index.js'
import { lostMessage } from '#src/oracles/lost-message.js'
import { returned, trial } from './trial-maker.js'

const records = {
  sqs: (id: string) => ({ messageId: id, body: 'x' }),
  kinesis: (id: string) => ({ kinesis: { sequenceNumber: id } }),
  'dynamodb-stream': (id: string) => ({ dynamodb: { SequenceNumber: id } }),
}
const event = (source: keyof typeof records, ...ids: string[]) => ({ Records: ids.map((id) => records[source](id)) })
const failures = (...ids: unknown[]) => returned({ batchItemFailures: ids.map((id) => ({ itemIdentifier: id })) })

/** The record at `at` fails alone; of the batch of `1` and `2`, `ids` are reported. */
function judged(source: keyof typeof records, at: number, ids: readonly unknown[], alone = failures('9')): number {
  const made = trial({ case: { source: source as SourceId, stage: 'sequence' }, event: event(source, '1', '2') })
  const [one] = made.observations
  const draft = { ...made.case.draft, labels: [`fails alone: record ${at}`] }
  const steps = [{ text: JSON.stringify(event(source, '9')), warm: true }, ...made.case.steps]
  const observations = [
    { ...one!, outcome: alone },
    { ...one!, outcome: failures(...ids) },
  ]
  return [...lostMessage.judge({ ...made, case: { ...made.case, draft, steps }, observations })].length
}

describe('lost-message', () => {
  it('speaks where another message of a queue is reported, or none', () => {
    expect(judged('sqs', 1, ['1'])).to.equal(1)
    expect(judged('sqs', 0, [])).to.equal(1)
  })
  it('is silent where it is reported, alone or with all behind it', () => {
    expect(judged('sqs', 1, ['2'])).to.equal(0)
    expect(judged('sqs', 0, ['1', '2'])).to.equal(0)
  })
  for (const source of ['kinesis', 'dynamodb-stream'] as const) {
    it(`speaks where ${source} goes on behind it`, () => expect(judged(source, 0, ['2'])).to.equal(1))
    it(`is silent where ${source} comes again from one before it`, () => expect(judged(source, 1, ['1'])).to.equal(0))
  }
  it('is silent where the whole batch comes again', () => {
    expect(judged('sqs', 0, [''])).to.equal(0)
    expect(judged('sqs', 0, [null])).to.equal(0)
    expect(judged('sqs', 0, ['unknown'])).to.equal(0)
  })
  it('is silent where it does not fail alone', () => expect(judged('sqs', 0, [], failures())).to.equal(0))
})
