// Which kinds of conditions eventfuzz gets behind: every gate of test/handlers/gates, several seeds, a fixed budget of executions.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const RUNS = 600
const SEEDS = ['1', '2', '3', '4', '5']
const dir = fileURLToPath(new URL('../test/handlers/gates', import.meta.url))
const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const gates = readdirSync(dir).filter((file) => file.endsWith('.mjs'))

const times = new Map(gates.map((gate) => [gate, 0]))
for (const seed of SEEDS) {
  const out = `/tmp/eventfuzz-guidance-${process.pid}`
  const runs = String(RUNS * gates.length)
  const args = [cli, 'fuzz', ...gates, '--event', 'apigw-v2', '--runs', runs, '--seed', seed, '-q', '--output-dir', out]
  spawnSync(process.execPath, args, { cwd: dir, stdio: 'ignore' })
  const { findings } = JSON.parse(readFileSync(`${out}/report.json`, 'utf8'))
  for (const { rule, target } of findings) if (rule === 'command-injection') times.set(target, times.get(target) + 1)
}
for (const [gate, found] of times) console.log(`${gate.padEnd(16)} ${found} of ${SEEDS.length}`)
const open = [...times.values()].filter((found) => found === SEEDS.length).length
console.log(`${open} of ${gates.length} gates opened with every seed, ${RUNS} executions each`)
