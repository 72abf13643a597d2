// Which kinds of conditions eventfuzz gets behind: every gate of test/handlers/gates, several seeds, a fixed budget of executions;
// beside it the same without guidance, with the words of the source alone, and random events. `--write` puts the table into docs/guidance.md.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const RUNS = Number(process.env.RUNS ?? 600)
const SEEDS = (process.env.SEEDS ?? '1 2 3 4 5').split(' ')
const here = fileURLToPath(new URL('.', import.meta.url))
const dir = path.join(here, '../test/handlers/gates')
const cli = path.join(here, '../dist/cli/main.js')
const gates = readdirSync(dir).filter((file) => file.endsWith('.mjs'))
const out = path.join(os.tmpdir(), `eventfuzz-guidance-${process.pid}`)

/** Executions before the bug of each gate was first seen, for every seed. */
function tried(mode) {
  const found = new Map(gates.map((gate) => [gate, []]))
  for (const seed of SEEDS) {
    const flags = ['--runs', String(RUNS * gates.length), '--seed', seed, '-q', '--output-dir', out]
    const preload = mode === 'full' ? [] : ['--import', path.join(here, 'guidance-off.mjs')]
    const args = [...preload, cli, 'fuzz', ...gates, '--event', 'apigw-v2', ...flags]
    spawnSync(process.execPath, args, { cwd: dir, stdio: 'ignore', env: { ...process.env, EVENTFUZZ_BENCH: mode } })
    const { findings } = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8'))
    for (const { rule, target, foundAfter } of findings) if (rule === 'command-injection') found.get(target).push(foundAfter)
    rmSync(out, { recursive: true, force: true })
  }
  return found
}

const naive = (gate) =>
  SEEDS.filter((seed) => {
    const args = [path.join(here, 'guidance-naive.mjs'), path.join(dir, gate), seed, String(RUNS)]
    return Number(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout) > 0
  }).length

const at = (share, values) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]
const [full, none, literals] = ['full', 'none', 'literals'].map(tried)
const of = (found) => `${found.length} of ${SEEDS.length}`
const rows = gates.map((gate) => {
  const found = full.get(gate)
  const counts = found.length === 0 ? ['', ''] : [at(0.5, found), at(0.95, found)]
  return [
    gate.replace('.mjs', ''),
    of(found),
    ...counts,
    of(literals.get(gate)),
    of(none.get(gate)),
    `${naive(gate)} of ${SEEDS.length}`,
  ]
})
const heads = ['gate', 'found', 'executions, median', 'p95', 'with literals only', 'without guidance', 'random valid events']
const table = [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
console.log(table)
const open = gates.filter((gate) => full.get(gate).length === SEEDS.length)
const closed = gates.filter((gate) => full.get(gate).length === 0)
const summary = `${open.length} of ${gates.length} gates were opened with every seed, never: ${closed.map((gate) => gate.replace('.mjs', '')).join(', ') || 'none'}.`
console.log(summary)
if (process.argv.includes('--write')) {
  const file = path.join(here, '../docs/guidance.md')
  const text = readFileSync(file, 'utf8')
  const made = text.replace(
    /(<!-- table -->\n)[\s\S]*(?=<!-- end -->)/,
    (_all, mark) => `${mark}${table}\n\n${summary} ${RUNS} executions each, seeds ${SEEDS.join(', ')}.\n`,
  )
  writeFileSync(file, made)
}
