import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { THOROUGH } from '../thorough.js'
import { fuzzed, keys, ROOT } from './shop.js'

/** Conditions of other triggers than HTTP ones, in front of a shell command: handler, source, the field that reaches it. */
const ALL: readonly (readonly [file: string, source: string, pointer: string])[] = [
  ['socket.mjs', 'apigw-websocket', '/body#json/title'],
  ['image.mjs', 'dynamodb-stream', '/Records/0/dynamodb/NewImage/task/M/label/S'],
  ['rating.mjs', 'dynamodb-stream', '/Records/0/dynamodb/NewImage/title/S'],
  ['charge.mjs', 'sqs', '/Records/0/body#json/data/chargeId'],
  ['mail.mjs', 'ses', '/Records/0/ses/mail/destination/0'],
  ['items.mjs', 'kinesis', '/Records/0/kinesis/data#base64#json/names/0'],
  ['step.mjs', 'direct', '/input/printer'],
]
const SOME = new Set(['image.mjs', 'items.mjs'])

describe('a bug behind a condition of another trigger', function () {
  this.timeout(300_000)
  const dir = path.join(ROOT, 'dist-test/gates-elsewhere')
  before(() => {
    rmSync(dir, { recursive: true, force: true })
    cpSync(path.join(ROOT, 'test/handlers/gates-elsewhere'), dir, { recursive: true })
  })

  for (const [file, source, pointer] of ALL.filter(([file]) => THOROUGH || SOME.has(file)))
    it(`is reached in ${file} (${source})`, () => {
      const report = fuzzed(dir, file, '--event', source, '--runs', '400', '--seed', '1')
      const found = report.findings.find(({ rule }) => rule === 'command-injection')
      expect(found, keys(report).join()).to.include({ confidence: 'confirmed', pointer })
    })
})
