import { expect } from 'chai'
import { sourceOf } from '#src/events/index.js'
import { sampleWires } from '#src/generate/index.js'
import type { Json, JsonObject, SourceId } from '#src/model/index.js'
import { validatorOf } from './validator.js'

/** What a schema says of a valid event after a change. */
const accepts = (id: SourceId, change: (event: Record<string, Json>) => void): boolean => {
  const source = sourceOf(id)
  const [wire] = sampleWires(source, {}, 4, 1)
  const event = JSON.parse(JSON.stringify(source.toEvent(wire!, {}))) as Record<string, Json>
  change(event)
  return validatorOf(id)(event) === true
}
const objectOf = (event: JsonObject) =>
  (event['Records'] as unknown as [{ eventName: string; s3: { object: { sequencer?: string } } }])[0]

describe('events that samples of AWS and others taught us', () => {
  for (const source of ['kinesis', 'dynamodb-stream'] as const) {
    it(`${source} has no records only where a window ends`, () => {
      const window = { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:01:00Z' }
      const ends = (last: boolean) => (event: Record<string, Json>) =>
        Object.assign(event, { Records: [], window, state: {}, isFinalInvokeForWindow: last, isWindowTerminatedEarly: false })
      expect(accepts(source, ends(true))).to.equal(true)
      expect(accepts(source, ends(false))).to.equal(false)
      expect(accepts(source, (event) => Object.assign(event, { Records: [] }))).to.equal(false)
    })
  }
  it('s3 has a sequencer where objects come and go, and need not have one elsewhere', () => {
    const named = (name: string) => (event: Record<string, Json>) => {
      objectOf(event).eventName = name
      delete objectOf(event).s3.object.sequencer
    }
    expect(accepts('s3', named('ObjectTagging:Put'))).to.equal(true)
    expect(accepts('s3', named('ObjectCreated:Put'))).to.equal(false)
    expect(accepts('s3', named('ObjectRemoved:Delete'))).to.equal(false)
  })
})
