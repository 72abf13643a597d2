// Preloaded by bench/guidance.mjs: eventfuzz with less to go by. `none`: templates and payloads only; `literals`: also the words of the source.
import { Explorer } from '../dist/campaign/explore.js'
import { Runner } from '../dist/campaign/runner.js'

if (process.env.EVENTFUZZ_BENCH === 'none') Explorer.prototype.learn = async function* () {}
const { tryAll } = Runner.prototype
Runner.prototype.tryAll = function (maker, drafts, options) {
  return options?.mode === 'discover' ? Promise.resolve([]) : tryAll.call(this, maker, drafts, options)
}
