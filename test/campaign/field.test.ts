import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { eventfuzz } from '../commands/shop.js'

/** Handler, source, and the field that its unhandled error hangs on. */
const BLAMED: readonly (readonly [string, string, string, string])[] = [
  [
    'a list that only one action needs',
    'apigw-v2',
    `export const handler = async (event) => {
       const body = event.headers['content-type'] === 'application/json' ? JSON.parse(event.body) : {}
       return body.action === 'export' ? { statusCode: 200, body: body.rows.map((row) => row.id).join() } : { statusCode: 204 }
     }`,
    '/body',
  ],
  [
    'a header that a client may leave out',
    'apigw-v1',
    `export const handler = async (event) => ({ statusCode: 200, body: event.headers['User-Agent'].toLowerCase() })`,
    '/headers/User-Agent',
  ],
  [
    'a message that is no JSON',
    'sqs',
    `export const handler = async (event) => { for (const record of event.Records) JSON.parse(record.body).id }`,
    '/Records/',
  ],
]

describe('the field of a finding', function () {
  this.timeout(60_000)
  for (const [what, source, code, pointer] of BLAMED) {
    it(`is ${what}`, () => {
      const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-field-'))
      writeFileSync(path.join(dir, 'handler.mjs'), code)
      const ran = eventfuzz(dir, 'fuzz', 'handler.mjs', '--event', source, '--runs', '500', '--seed', '1', '--fail-on', 'low')
      expect(ran.status, ran.stdout + ran.stderr).to.equal(1)
      const report = JSON.parse(readFileSync(path.join(dir, '.eventfuzz/last/report.json'), 'utf8')) as Report
      const errors = report.findings.filter(({ rule }) => rule === 'unhandled-error' || rule === 'poison-message')
      expect(errors.map((finding) => finding.pointer).join(), ran.stdout).to.include(pointer)
      for (const finding of errors) expect(finding.pointer).to.not.match(/routeKey|requestContext|\/version|content-length/)
    })
  }
})
