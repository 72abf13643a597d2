import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { eventfuzz, ROOT } from './shop.js'

/** Sends every uploaded document to a shell: a finding, behind an answer that nobody has given. */
const HANDLER = `import { execSync } from 'node:child_process'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
const client = new S3Client({})
export const handler = async (event) => {
  const { name } = event.queryStringParameters ?? {}
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'docs', Key: 'index' }))
  await Body?.transformToString()
  return { statusCode: 200, body: String(execSync('echo ' + name)) }
}
`

describe('answers that were made up', function () {
  this.timeout(120_000)
  const dir = path.join(ROOT, 'dist-test/made-up') // Below the repository: the AWS clients are there.
  const run = (...args: string[]): Report => {
    const { status, stderr } = eventfuzz(
      dir,
      'fuzz',
      'docs.mjs',
      '--event',
      'apigw-v2',
      '--seed',
      '1',
      '--runs',
      '80',
      '-q',
      ...args,
    )
    expect(status, stderr).to.equal(1)
    return JSON.parse(readFileSync(path.join(dir, '.eventfuzz/last/report.json'), 'utf8')) as Report
  }
  before(() => {
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
    writeFileSync(path.join(dir, 'docs.mjs'), HANDLER)
  })

  it('are said, although the function is tested, until there is a fixture', () => {
    const { targets, notTested, findings } = run()
    expect(targets[0]).to.deep.include({ status: 'tested', missing: [{ kind: 'aws', name: 's3:GetObject' }] })
    expect(notTested.map(({ what }) => what)).to.include('what docs.mjs makes of real answers of s3:GetObject')
    expect(findings.find(({ rule }) => rule === 'command-injection')?.replay).to.match(/^npx eventfuzz replay [0-9a-f]{12}$/)

    const fixtures = [{ service: 's3', operation: 'GetObject', answer: { Body: 'a,b' } }]
    writeFileSync(path.join(dir, 'eventfuzz.config.json'), JSON.stringify({ functions: { 'docs.mjs': { fixtures } } }))
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
    writeFileSync(path.join(dir, 'role.json'), JSON.stringify({ Version: '2012-10-17', Statement: [statement] }))
    const known = run('--policy', 'role.json', '--enforce-policy')
    expect(known.findings.find(({ rule }) => rule === 'command-injection')?.replay).to.match(
      /^npx eventfuzz replay \w+ --enforce-policy$/,
    )
    expect(known.targets[0]).to.deep.include({ status: 'tested', missing: [] })
    expect(known.notTested.map(({ what }) => what).join()).not.to.include('real answers')
  })
})
