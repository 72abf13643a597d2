// Longer than the tests: the shop with several seeds must give exactly the bugs it lists, every time.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const seeds = process.argv.length > 2 ? process.argv.slice(2) : ['1', '2', '3']
const shop = fileURLToPath(new URL('../examples/shop', import.meta.url))
const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const name = ({ rule, target }) => `${rule} in ${target}`
const listed = JSON.parse(readFileSync(path.join(shop, 'bugs.json'), 'utf8'))
  .map(name)
  .sort()

let wrong = 0
for (const seed of seeds) {
  const dir = `.eventfuzz/verify-${seed}`
  spawnSync(process.execPath, [cli, 'fuzz', '-q', '--runs', '3000', '--seed', seed, '--reporter', 'json', '--output-dir', dir], {
    cwd: shop,
    stdio: 'ignore',
  })
  const { findings, run } = JSON.parse(readFileSync(path.join(shop, dir, 'report.json'), 'utf8'))
  const found = findings.map(name).sort()
  const missing = listed.filter((one) => !found.includes(one))
  const extra = found.filter((one) => !listed.includes(one))
  if (missing.length + extra.length > 0) wrong++
  console.log(
    `seed ${seed}: ${found.length} of ${listed.length}, missing [${missing}], not listed [${extra}], ${(run.durationMs / 1000).toFixed(1)} s`,
  )
}
// 200 kills at seeded offsets: no event is lost but the one in flight.
const root = fileURLToPath(new URL('..', import.meta.url))
const npx = (...args) => spawnSync('npx', args, { cwd: root, stdio: 'inherit', env: { ...process.env, KILLS: '200' } }).status
if (npx('tsc', '-p', 'test') !== 0 || npx('mocha', '--no-config', 'dist-test/invokers/kills.test.js') !== 0) wrong++
process.exit(wrong === 0 ? 0 : 1)
