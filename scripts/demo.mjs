// The main job on the bundled example: fuzz the shop, show the findings, say where the report is. Findings are what a demo is for: exit 0.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const shop = fileURLToPath(new URL('../examples/shop', import.meta.url))
const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const { status } = spawnSync(process.execPath, [cli, 'fuzz', '--runs', '3000', '--seed', '1'], {
  cwd: shop,
  stdio: ['ignore', 'inherit', 'inherit'],
})
console.log(`\nThis is the example in examples/shop; its bugs are on purpose (examples/shop/bugs.json).
The HTML report: examples/shop/.eventfuzz/last/report.html
Replay a finding: cd examples/shop, then the replay line of the finding, such as npx eventfuzz replay <fingerprint>
  (npx finds the eventfuzz of this clone; anywhere else: node ${cli} replay <fingerprint>)`)
// 0 and 1 are the outcomes of a run that worked.
process.exit(status === 1 ? 0 : (status ?? 1))
