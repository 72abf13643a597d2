import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { Observation } from '#src/model/index.js'
import { HANDLERS, target } from '../invokers/target-maker.js'

/** What the harness tells of requests that are awaited, and of those that are not. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  'fetch, awaited': [],
  'https, awaited': [],
  'refused, awaited': [],
  'refused over TLS, awaited': [],
  'two at once, awaited': [],
  'fetch, left': ['open in byFetch'],
  'https, left': ['open in an unnamed function'],
  'forEach, left': ['begun in an unnamed function'],
}

describe('requests that nobody waits for', () => {
  it('are told, with their line', async () => {
    await using invoker = await localInvoker({ node: process.execPath, sandbox: undefined, executeSinks: false })
    const opened = await invoker.open(target({ file: `${HANDLERS}/unawaited.mjs`, root: HANDLERS }))
    if (opened.kind !== 'open') throw new Error(opened.reason)
    await using session = opened.session
    const told: Record<string, readonly string[]> = {}
    const signal = new AbortController().signal
    for (const [n, way] of Object.keys(WAYS).entries()) {
      const batch = [{ n: n + 1, text: JSON.stringify({ way }), mode: 'proof' as const, deadlineMs: 5_000 }]
      told[way] = unawaited((await session.run(batch, signal))[0]!)
    }
    expect(told).to.deep.equal(WAYS)
  }).timeout(60_000)
})

const unawaited = ({ effects }: Observation): readonly string[] =>
  effects.flatMap((effect) =>
    effect.kind === 'unawaited' ? [`${effect.state} in ${effect.location?.fn ?? 'an unnamed function'}`] : [],
  )
