import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import type { Evidence } from '#src/model/index.js'
import { fuzzed, ROOT } from './shop.js'

const HANDLER = `import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
const s3 = new S3Client({})
export const handler = async ({ Records }) => {
  for (const { s3: { object } } of Records) {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: 'uploads', Key: decodeURIComponent(object.key.replaceAll('+', ' ')) }),
    )
    await Body?.transformToString()
  }
}
`

describe('executions that nothing steers', function () {
  this.timeout(120_000)

  it('are a tenth of all, come after the search, and are marked in the evidence', () => {
    const dir = path.join(ROOT, 'dist-test/unguided') // Below the repository: the AWS clients are there.
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
    writeFileSync(path.join(dir, 'reads.mjs'), HANDLER)
    const { targets } = fuzzed(dir, 'reads.mjs', '--event', 's3', '--runs', '80', '--seed', '1')
    const [{ executions, unguided = 0 }] = targets as [(typeof targets)[number]]
    expect(unguided / executions).to.be.within(0.1, 0.15)
    const lines = readFileSync(path.join(dir, '.eventfuzz/last/evidence.jsonl'), 'utf8').trim().split('\n')
    const evidence = lines.map((line) => JSON.parse(line) as Evidence)
    const marked = evidence.filter((line) => line.unguided)
    expect(marked.every(({ stage, control }) => stage === 'valid' && !control)).to.equal(true)
    expect(
      marked.every(({ eventControlled }) => eventControlled.join() === '/Key'),
      'what the sender chose',
    ).to.equal(true)
    expect(new Set(evidence.map((line) => line.unguided === true)).size, 'both kinds').to.equal(2)
  })
})
