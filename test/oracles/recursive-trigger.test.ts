import { expect } from 'chai'
import type { AwsCall, Case, Observation } from '#src/model/index.js'
import { recursiveTrigger } from '#src/oracles/recursive-trigger.js'
import { trial } from './trial-maker.js'

const event = (key: string) => ({ Records: [{ s3: { bucket: { name: 'photos' }, object: { key: encodeURIComponent(key) } } }] })
const put = (Bucket: string, Key: string, outcome: AwsCall['outcome'] = 'ok'): AwsCall =>
  ({ service: 's3', operation: 'PutObject', params: { Bucket, Key }, outcome, location: null }) as unknown as AwsCall

/** Events of these objects, one after the other, and what the function did for each. */
function judged(keys: readonly string[], calls: readonly AwsCall[], changes: Partial<Case> = {}): number {
  const made = trial({
    case: {
      source: 's3',
      contract: 'async',
      stage: 'sequence',
      steps: keys.map((key) => ({ text: JSON.stringify(event(key)), warm: true })),
      ...changes,
    },
  })
  const observations = calls.map((call): Observation => ({ ...made.observations[0]!, aws: [call] }))
  return [...recursiveTrigger.judge({ ...made, observations })].length
}

const KEYS = ['a b.txt', 'out/a b.txt', 'out/out/a b.txt'] as const
const LAST = 'out/out/out/a b.txt'

describe('recursive-trigger', () => {
  it('speaks when each event is of what the one before it made the function write', () =>
    expect(judged(KEYS, [put('photos', KEYS[1]), put('photos', KEYS[2]), put('photos', LAST)])).to.equal(1))
  it('speaks when the function writes the object itself again', () =>
    expect(judged(['a', 'a', 'a'], [put('photos', 'a'), put('photos', 'a'), put('photos', 'a')])).to.equal(1))
  it('is silent where it writes to another bucket', () =>
    expect(judged(KEYS, [put('thumbs', KEYS[1]), put('thumbs', KEYS[2]), put('thumbs', LAST)])).to.equal(0))
  it('is silent where it stops', () =>
    expect(judged(KEYS, [put('photos', KEYS[1]), put('photos', KEYS[2]), put('other', LAST)])).to.equal(0))
  it('is silent where it writes something else', () =>
    expect(judged(KEYS, [put('photos', 'index.json'), put('photos', KEYS[2]), put('photos', LAST)])).to.equal(0))
  it('is silent where a write failed', () =>
    expect(judged(KEYS, [put('photos', KEYS[1]), put('photos', KEYS[2]), put('photos', LAST, 'error')])).to.equal(0))
  it('is silent on two events, and on those that do not belong together', () => {
    expect(judged(KEYS.slice(0, 2), [put('photos', KEYS[1]), put('photos', KEYS[2])])).to.equal(0)
    expect(judged(KEYS, [put('photos', KEYS[1]), put('photos', KEYS[2]), put('photos', LAST)], { stage: 'valid' })).to.equal(0)
  })
})
