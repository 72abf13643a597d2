// Longer than the tests: the shop with several seeds must give exactly the bugs it lists, every time.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
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
// The shop with every patch applied has nothing to find. It stands below the repository, where the AWS clients are.
const repository = fileURLToPath(new URL('..', import.meta.url))
const fixed = path.join(repository, 'dist-test/verify-fixed')
rmSync(fixed, { recursive: true, force: true })
cpSync(shop, fixed, { recursive: true, filter: (file) => !file.includes('.eventfuzz/') && !file.endsWith('.eventfuzz') })
for (const patch of readdirSync(path.join(shop, 'patches')))
  spawnSync('git', ['apply', '-p1', path.join(shop, 'patches', patch)], {
    cwd: fixed,
    env: { ...process.env, GIT_CEILING_DIRECTORIES: path.join(repository, 'dist-test') },
  })
for (const seed of seeds) {
  const args = [cli, 'fuzz', '-q', '--runs', '3000', '--seed', seed, '--fail-on', 'low', '--output-dir', '.eventfuzz/verify']
  const { status } = spawnSync(process.execPath, args, { cwd: fixed, stdio: 'ignore' })
  if (status !== 0) wrong++
  console.log(`fixed shop, seed ${seed}: ${status === 0 ? 'nothing found' : `exit code ${status}`}`)
}
// 100,000 valid events of every source. Every operation of every AWS client, and 5,000 operations beside dynalite.
// 200 kills at seeded offsets: no event is lost but the one in flight.
const env = {
  ...process.env,
  KILLS: '200',
  PROPERTY_RUNS: '10000',
  ALL_OPERATIONS: '1',
  DYNALITE_OPERATIONS: '5000',
  EVERY_BUILD: '1',
  THOROUGH: 'all',
  EVENTS: '100000',
  // Handlers made of published packages, where those are installed: npm ci in examples/real.
  ...(existsSync(path.join(repository, 'examples/real/node_modules')) && { REAL_HANDLERS: '1' }),
}
const npx = (...args) => spawnSync('npx', args, { cwd: repository, stdio: 'inherit', env }).status
const long = [
  'events/contract',
  'events/samples',
  'commands/sources',
  'invokers/kills',
  'invokers/differential',
  'aws/models-operations',
  'aws/dynalite',
  'databases/campaign',
  'commands/faults',
  'commands/live/init-live',
  'commands/live/pairs',
  'commands/live/secrets',
  'commands/live/serverless-offline',
  'commands/rules',
  'commands/blind',
  'commands/shop',
  'commands/kept',
  'commands/strategies',
  'commands/second-order',
  'commands/store-kills',
  'commands/history',
  'commands/shares',
  'iam/suggest-properties',
].map((name) => `dist-test/${name}.test.js`)
// The memory of 100,000 invocations.
const { status: memory } = spawnSync(process.execPath, ['--expose-gc', 'bench/live.mjs', '--memory', '100000'], {
  cwd: repository,
  stdio: 'inherit',
})
if (memory !== 0) wrong++
if (npx('tsc', '-p', 'test') !== 0 || npx('mocha', '--no-config', '--timeout', '3600000', ...long) !== 0) wrong++
process.exit(wrong === 0 ? 0 : 1)
