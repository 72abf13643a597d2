import path from 'node:path'
import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { Effect, JsonObject, Observation } from '#src/model/index.js'
import { type PayloadFamily, readPackageJson } from '#src/model/index.js'
import { ROOT } from '../commands/shop.js'
import { target } from '../invokers/target-maker.js'

const CANARY = 'efaaaaaaaaaaz'
const root = path.join(ROOT, 'test/handlers/rules')
const archives = readPackageJson('payloads/archive-traversal.json') as unknown as PayloadFamily
const honest = String(archives.payloads[0]!.control).replaceAll('{{canary}}', CANARY)
const hostile = String(archives.payloads[0]!.value).replaceAll('{{canary}}', CANARY)

const written = ({ effects }: Observation): readonly string[] => {
  const files = effects.filter(
    (effect: Effect) => effect.kind === 'fs' && /^(?:writeFile|open|createWriteStream)$/.test(effect.op),
  )
  const paths = files.map((effect) => (effect.kind === 'fs' ? effect.path : ''))
  return [...new Set(paths)].filter((file) => file.includes(CANARY))
}
const body = ({ outcome }: Observation): string =>
  String((JSON.parse(outcome.kind === 'returned' ? outcome.text : 'null') as { body?: string } | null)?.body)

async function run(file: string, event: JsonObject, object = ''): Promise<Observation> {
  await using invoker = await localInvoker({ node: process.execPath, sandbox: undefined, executeSinks: false })
  const fixtures = [{ service: 's3', operation: 'GetObject', answer: { Body: object } }]
  const opened = await invoker.open(target({ file: path.join(root, file), root, timeoutMs: 10_000, memoryMb: 512, fixtures }))
  if (opened.kind !== 'open') throw new Error(opened.reason)
  await using session = opened.session
  const item = { n: 1, text: JSON.stringify(event), mode: 'proof' as const, deadlineMs: 10_000 }
  const [seen] = await session.run([item], new AbortController().signal)
  return seen!
}

const upload = (archive: string): JsonObject => ({ body: Buffer.from(archive).toString('base64'), isBase64Encoded: true })
const OBJECT: JsonObject = { Records: [{ s3: { bucket: { name: 'sites' }, object: { key: 'a+b' } } }] }

/** Their data comes in documents that no honest event of a run holds, so that rules.test.ts cannot see it arrive. */
describe('twins of handlers that read documents', function () {
  this.timeout(60_000)

  it('unpack an honest archive of a bucket, and nothing elsewhere', async () => {
    expect(written(await run('unpack-good.mjs', OBJECT, honest))).to.deep.equal([`/tmp/site/a.${CANARY}`])
    expect(written(await run('unpack-good.mjs', OBJECT, hostile))).to.deep.equal([])
  })
  it('unpack an honest archive of a body, and nothing elsewhere', async () => {
    expect(written(await run('restore-good.mjs', upload(honest)))).to.deep.equal([`/tmp/backup/a.${CANARY}`])
    expect(written(await run('restore-good.mjs', upload(hostile)))).to.deep.equal([])
  })
  it('read an honest YAML document', async () =>
    expect(body(await run('settings-good.mjs', { body: `name: ${CANARY}` }))).to.equal(`build ${CANARY}`))
  it('read an honest XML document', async () =>
    expect(body(await run('invoice-good.mjs', { body: `<r><id>${CANARY}</id></r>` }))).to.equal(`{"id":"${CANARY}"}`))
})
