// The package that would be published: size, number of runtime packages, and no install scripts (npm 11 runs none for dependencies).
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const MOST_PACKAGES = 30
const MOST_MB = 15
const root = fileURLToPath(new URL('..', import.meta.url))
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))

const size = (dir) =>
  readdirSync(dir, { withFileTypes: true }).reduce((sum, entry) => {
    const file = path.join(dir, entry.name)
    return sum + (entry.isDirectory() ? size(file) : lstatSync(file).size)
  }, 0)

const runtime = Object.entries(lock.packages).filter(
  ([name, one]) => name !== '' && !one.dev && !one.optional && !name.includes('/@aws-sdk/'),
)
const bytes = runtime.reduce((sum, [name]) => sum + (existsSync(path.join(root, name)) ? size(path.join(root, name)) : 0), 0)
const packed = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
)[0]
const total = (bytes + packed.unpackedSize) / 1024 / 1024
const scripts = runtime.filter(([, one]) => one.hasInstallScript).map(([name]) => name)
const missing = [
  'dist/cli/main.js',
  'dist/index.js',
  'dist/assert.js',
  'dist/assert-child.js',
  'commonjs/assert.cjs',
  'commonjs/assert.d.cts',
  'dist/events.js',
  'dist/events.d.ts',
  'schemas/events/sqs.schema.json',
  'schemas/report.schema.json',
  'payloads/command-injection.json',
  'data/iam-actions.json.gz',
].filter((file) => !packed.files.some((one) => one.path === file))
console.log(`${runtime.length + 1} packages, ${total.toFixed(1)} MB installed (at most ${MOST_PACKAGES} and ${MOST_MB})`)
if (scripts.length > 0) console.log(`install scripts: ${scripts.join(', ')}`)
if (missing.length > 0) console.log(`not in the package: ${missing.join(', ')}`)
process.exit(runtime.length + 1 <= MOST_PACKAGES && total <= MOST_MB && scripts.length === 0 && missing.length === 0 ? 0 : 1)
