import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { thorough } from '../thorough.js'
import { eventfuzz } from './shop.js'

/** Code that reaches a command with the sender's text `what`, behind a condition or inside another service's event. */
const HANDLERS: readonly (readonly [source: string, read: string, pointer: string])[] = [
  [
    'sqs',
    `for (const { body } of event.Records) {
       let inner; try { inner = JSON.parse(JSON.parse(body).Message) } catch { continue }
       for (const { s3 } of inner?.Records ?? []) run(decodeURIComponent(s3.object.key.replaceAll('+', ' ')))
     }`,
    '/Records/0/body#json/Message#json/Records/0/s3/object/key',
  ],
  [
    'kafka',
    `for (const list of Object.values(event.records)) for (const { value } of list) {
       let order; try { order = JSON.parse(Buffer.from(value ?? '', 'base64').toString()) } catch { continue }
       if (order?.kind === 'print') run(String(order.file))
     }`,
    '#base64#json/file',
  ],
  [
    'cloudwatch-logs',
    `const { logEvents } = JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString())
     for (const { message } of logEvents) run(message)`,
    '/awslogs/data#base64#gzip#json/logEvents/0/message',
  ],
]

const handler = (read: string, run: string) => `import { execFile, exec } from 'node:child_process'
import { gunzipSync } from 'node:zlib'
const run = (what) => ${run}
export const handler = async (event) => { ${read} }
`

/** Answers CloudFormation as AWS's own cfn-response does: whatever S3 says to it. */
const ANSWERS = `import https from 'node:https'
export const handler = (event) => new Promise((resolve, reject) => {
  const { hostname, pathname, search } = new URL(event.ResponseURL)
  const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'x', StackId: event.StackId, RequestId: event.RequestId })
  const request = https.request({ hostname, path: pathname + search, method: 'PUT', headers: { 'content-length': body.length } }, resolve)
  request.on('error', reject)
  request.end(body)
})
`

describe('a campaign', function () {
  this.timeout(60_000)
  it('takes no answer to CloudFormation for a write that gets lost', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-sources-'))
    writeFileSync(path.join(dir, 'handler.mjs'), ANSWERS.replace(', resolve)', ', () => resolve())'))
    const ran = eventfuzz(dir, 'fuzz', 'handler.mjs', '--event', 'cfn-custom-resource', '--runs', '200', '--seed', '1')
    const { findings, run } = JSON.parse(readFileSync(path.join(dir, '.eventfuzz/last/report.json'), 'utf8')) as Report
    expect(run.executions, ran.stdout).to.be.at.least(200)
    expect(findings.map(({ rule }) => rule)).to.not.include('lost-write')
  })
  for (const [i, [source, read, pointer]] of HANDLERS.entries()) {
    const test = i === 0 ? it : thorough
    const fuzzed = (run: string) => {
      const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-sources-'))
      writeFileSync(path.join(dir, 'handler.mjs'), handler(read, run))
      eventfuzz(dir, 'fuzz', 'handler.mjs', '--event', source, '--runs', '400', '--seed', '1')
      const { findings } = JSON.parse(readFileSync(path.join(dir, '.eventfuzz/last/report.json'), 'utf8')) as Report
      return findings.filter(({ rule }) => rule === 'command-injection').map((finding) => finding.pointer)
    }
    test(`finds what ${source} carries to a shell, and is silent where it is an argument`, () => {
      expect(fuzzed('exec(`lp ${what}`)').join()).to.include(pointer)
      expect(fuzzed(`execFile('lp', ['--', what.replaceAll('\\0', '')])`)).to.deep.equal([])
    })
  }
})
