// Makes data/aws-models.json.gz of the installed AWS SDK clients, here and in scripts/aws-models (clients that nothing else needs:
// npm install --ignore-scripts in there first). node scripts/build-aws-models.mjs [--check]
// Lines of JSON: first the index, then one service a line in its order, so that a reader parses only what it is asked for.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { extract } from './aws-models/extract.mjs'

const OUT = new URL('../data/aws-models.json.gz', import.meta.url)
const HOMES = ['..', './aws-models'].map((home) => fileURLToPath(new URL(home, import.meta.url)))

/** Every installed client: [package, folder it is required from]. */
function clients() {
  const found = HOMES.flatMap((home) => {
    const folder = `${home}/node_modules/@aws-sdk`
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('client-')) : []
    return names.map((name) => [name, home])
  })
  return [...new Map(found.reverse()).entries()]
}

/** The services of the snapshot as it is, by their id: what is not installed here stays. */
function present() {
  if (!existsSync(OUT)) return new Map()
  const [index, ...lines] = gunzipSync(readFileSync(OUT)).toString('utf8').trimEnd().split('\n')
  return new Map(JSON.parse(index).services.map((head, i) => [head[0], { head, body: JSON.parse(lines[i]) }]))
}

function build() {
  const services = present()
  const kept = services.size
  const read = clients().map(([name, home]) => {
    const require = createRequire(`${home}/package.json`)
    return extract(require(`@aws-sdk/${name}`), `${home}/node_modules/@aws-sdk/${name}`)
  })
  for (const service of read) services.set(service.head[0], service)
  const sorted = [...services.values()].sort((a, b) => (a.head[0] < b.head[0] ? -1 : 1))
  const index = { source: '@aws-sdk/client-*', services: sorted.map(({ head }) => head) }
  const text = [index, ...sorted.map(({ body }) => body)].map((line) => `${JSON.stringify(line)}\n`).join('')
  const operations = sorted.reduce((sum, { body }) => sum + Object.keys(body.ops).length, 0)
  const said = `${sorted.length} services (${read.length} read, ${kept} before), ${operations} operations, ${text.length} bytes unpacked`
  return { text, said }
}

const { text, said } = build()
if (process.argv.includes('--check')) {
  const same = existsSync(OUT) && gunzipSync(readFileSync(OUT)).toString('utf8') === text
  console.log(`data/aws-models.json.gz ${same ? 'is up to date' : 'differs from the installed clients'}: ${said}`)
  process.exitCode = same ? 0 : 1
} else {
  const packed = gzipSync(text, { level: 9 })
  writeFileSync(OUT, packed)
  console.log(`${said}, ${packed.length} packed`)
}
