import { cpSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { ALL, thorough } from '../thorough.js'
import { fuzzed, ROOT } from './shop.js'

/** Written after a blind set showed what was missed: source, handler, the rule that must speak, and on its twin be silent. */
const MISSED: readonly (readonly [source: string, handler: string, rule: string, pointer?: string])[] = [
  ['authorizer-request', 'session.mjs', 'forged-token'],
  ['sqs', 'media.cjs', 'argument-injection'],
  ['apigw-v1', 'cards.mjs', 'html-injection', 'event 1/body#json/to'],
  ['kinesis', 'readings.mjs', 'lost-message'],
  ['function-url', 'return.mjs', 'open-redirect'],
  ['sns', 'thumbs.mjs', 'undecoded-object-key'],
  ['function-url', 'advice.mjs', 'state-leak'],
  ['authorizer-request', 'pass.mjs', 'allowed-too-far'],
  ['authorizer-token', 'lobby.mjs', 'unverified-token'],
  ['sqs', 'gauges.mjs', 'prototype-pollution'],
  ['apigw-v1', 'tickets.mjs', 'sql-injection'],
  ['function-url', 'skins.mjs', 'archive-traversal'],
  ['function-url', 'drafts.mjs', 'path-traversal'],
  ['cognito', 'claims.mjs', 'mass-assignment'],
  ['sqs', 'stickers.mjs', 'event-chosen-resource'],
  ['sqs', 'invoices.mjs', 'lost-message'],
  ['apigw-v1', 'account.mjs', 'partiql-injection'],
  ['function-url', 'lights.mjs', 'command-injection'],
]

const named = (file: string, kind: string): string => file.replace('.', `-${kind}.`)

describe('what a blind set showed', function () {
  this.timeout(300_000)
  const dir = path.join(ROOT, 'dist-test/blind') // Below the repository: the AWS clients are there.
  const rules = (source: string, file: string, runs: string, ...more: readonly string[]) => {
    rmSync(dir, { recursive: true, force: true })
    cpSync(path.join(ROOT, 'test/handlers/blind'), dir, { recursive: true })
    writeFileSync(path.join(dir, 'eventfuzz.config.json'), '{}')
    return fuzzed(dir, file, '--event', source, '--runs', runs, '--seed', '1', '--experimental', ...more).findings
  }

  for (const [source, file, rule, pointer] of MISSED)
    thorough(`${rule} in ${file} behind ${source}, and silence on its twin`, () => {
      const bad = rules(source, named(file, 'bad'), '1500', '--rules', rule, '--max-findings', '1')
      const found = bad.find((finding) => finding.rule === rule)
      expect(found, JSON.stringify(bad)).to.not.equal(undefined)
      if (pointer !== undefined) expect(found!.pointer).to.equal(pointer)
      const good = rules(source, named(file, 'good'), ALL ? '1500' : '150').map((finding) => finding.rule)
      // What a message of no form at all does to a handler that trusts its sender is not what these are about.
      expect(good.filter((one) => one !== 'unhandled-error')).to.deep.equal([])
    })
})
