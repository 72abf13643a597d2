import { expect } from 'chai'
import type { Observation } from '#src/model/index.js'
import { objectKeyTraversal } from '#src/oracles/object-key-traversal.js'
import { effect, HEAD, trial } from './trial-maker.js'

const { case: plain, observations } = trial({})

const called = (key: string, operation = 'GetObject'): Observation => ({
  ...observations[0]!,
  effects: [effect('aws', { service: 's3', operation, api: `s3:${operation}`, params: { Bucket: 'b', Key: key } })],
})

/** `leaf` is the text of the field in the honest event. */
function judged(before: string, after: string, leaf = '{{canary}}', operation = 'GetObject'): readonly string[] {
  const draft = { ...plain.draft, wire: { query: { q: [leaf] } }, labels: ['climbs in an object key: /query/q/0'] }
  const made = { ...plain, stage: 'sequence' as const, injection: null, draft }
  const seen = [called(before), called(after, operation)]
  return [...objectKeyTraversal.judge({ case: made, observations: seen, secrets: [] })].map(({ anchor }) => anchor)
}

describe('object-key-traversal', () => {
  for (const [what, before, after, leaf] of [
    ['a directory that was left', `users/7/${HEAD}`, `users/${HEAD}`, undefined],
    ['all directories', `users/7/${HEAD}.pdf`, `${HEAD}.pdf`, undefined],
    ['one whose name is another each time', `2026/a1/${HEAD}`, `2026/${HEAD}`, undefined],
    ['more than the field holds itself', `users/7/img/${HEAD}`, `users/${HEAD}`, 'img/{{canary}}'],
    ['any case', `Users/7/${HEAD.toUpperCase()}`, `Users/${HEAD.toUpperCase()}`, undefined],
  ] as const)
    it(`speaks of ${what}`, () => expect(judged(before, after, leaf)).to.deep.equal(['key:s3:GetObject']))

  for (const [what, before, after, leaf] of [
    ['dots that are still there', `users/7/${HEAD}`, `users/7/a/../../${HEAD}`, undefined],
    ['dots at the beginning', `users/7/${HEAD}`, `../${HEAD}`, undefined],
    ['the last part of the value', `users/7/${HEAD}`, `users/7/${HEAD}`, undefined],
    ['dots that were taken out', `users/7/${HEAD}`, `users/7/a/${HEAD}`, undefined],
    ['what the field itself holds', `users/7/img/${HEAD}`, `users/7/${HEAD}`, 'img/{{canary}}'],
    ['a key without the value', `users/7/${HEAD}`, 'users/default', undefined],
  ] as const)
    it(`is silent on ${what}`, () => expect(judged(before, after, leaf)).to.deep.equal([]))
  it('is silent on another call', () => expect(judged(`users/7/${HEAD}`, HEAD, undefined, 'HeadObject')).to.deep.equal([]))
})
