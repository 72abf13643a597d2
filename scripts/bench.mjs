// Every measurement that compares two things in one run, one after the other: nothing else may run beside them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const names = ['run', 'host', 'aws', 'iam', 'explore', 'events', 'reports', 'live', 'probes']
const files = names
  .map((name) => fileURLToPath(new URL(`../bench/${name}.mjs`, import.meta.url)))
  .filter((file) => existsSync(file))
let failed = 0
for (const file of files) if (spawnSync(process.execPath, [file], { stdio: 'inherit' }).status !== 0) failed++
process.exit(failed === 0 ? 0 : 1)
