// Makes a clone ready: installs and builds what is missing, so that every README command is complete by itself.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

const works = (file, args) => spawnSync(file, args, { cwd: root, stdio: ['ignore', 2, 2] }).status === 0

function run(file, args) {
  if (!works(file, args)) process.exit(1)
}

function newest(dir) {
  let latest = 0
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(file) : statSync(file).mtimeMs)
  }
  return latest
}

const time = (file) => (existsSync(path.join(root, file)) ? statSync(path.join(root, file)).mtimeMs : 0)

if (time('node_modules/.package-lock.json') < time('package-lock.json') - 1) {
  // A registry that lacks the packages of other platforms makes `npm ci` doubt the lock file; `npm install` leaves them out.
  if (!works(npm, ['ci', '--no-audit', '--no-fund'])) run(npm, ['install', '--no-save', '--no-audit', '--no-fund'])
}
// The build information alone may come from a type check that wrote nothing else.
if (
  !existsSync(path.join(root, 'dist/cli/main.js')) ||
  time('dist/.tsbuildinfo') < Math.max(newest(path.join(root, 'src')), time('tsconfig.json'))
)
  run(npm, ['run', '--silent', 'build'])
