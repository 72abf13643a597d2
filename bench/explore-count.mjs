// Preloaded by bench/explore.mjs: counts executions by their mode, and says when the first and the last of them ran.
import { Runner } from '../dist/campaign/runner.js'

const { runCases } = Runner.prototype
const counted = { proof: 0, discover: 0, first: undefined, last: 0 }
Runner.prototype.runCases = async function (cases, options = {}) {
  counted.first ??= performance.now()
  const trials = await runCases.call(this, cases, options)
  counted[options.mode ?? 'proof'] += cases.reduce((sum, { steps }) => sum + steps.length, 0)
  counted.last = performance.now()
  return trials
}
process.on('exit', () => process.stderr.write(`COUNTED ${JSON.stringify(counted)}\n`))
