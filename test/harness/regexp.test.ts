import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import { HANDLERS, target } from '../invokers/target-maker.js'

describe('RegExp under the probe', () => {
  it('looks as it does without', async () => {
    const file = `${HANDLERS}/regexps.mjs`
    const { handler } = (await import(file)) as { handler: () => Promise<Readonly<Record<string, unknown>>> }
    await using invoker = await localInvoker({ node: process.execPath, sandbox: undefined, executeSinks: false })
    const opened = await invoker.open(target({ file, root: HANDLERS }))
    if (opened.kind !== 'open') throw new Error(opened.reason)
    await using session = opened.session
    const [seen] = await session.run([{ n: 1, text: '{}', mode: 'proof', deadlineMs: 5_000 }], new AbortController().signal)
    expect(JSON.parse((seen!.outcome as { text: string }).text)).to.deep.equal(JSON.parse(JSON.stringify(await handler())))
  }).timeout(30_000)
})
