import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { THOROUGH } from '../thorough.js'
import { fuzzed, keys, ROOT } from './shop.js'

/** Conditions in front of the same bug that no literal of the source answers by itself; `npm run bench:guidance` tries them all. */
const GATES = THOROUGH
  ? [
      'again',
      'amount',
      'b64',
      'below',
      'captured',
      'casing',
      'claim',
      'computed',
      'cookie',
      'cross',
      'day',
      'framework',
      'fresh',
      'handed',
      'hidden',
      'host',
      'methods',
      'moment',
      'named',
      'nested',
      'nolist',
      'origin',
      'parts',
      'route',
      'second',
      'shared',
      'split',
      'spread',
      'stamped',
      'stops',
      'texts',
      'token',
      'verbs',
      'webhook',
      'xml',
      'zodquery',
    ]
  : ['cookie', 'handed', 'stops', 'types', 'webhook']

describe('a bug behind a condition', function () {
  this.timeout(300_000)

  it(`is reached by answering what the function compares: ${GATES.join(', ')}`, () => {
    const dir = path.join(ROOT, 'dist-test/gates')
    rmSync(dir, { recursive: true, force: true })
    cpSync(path.join(ROOT, 'test/handlers/gates'), dir, { recursive: true })
    const files = GATES.map((gate) => `${gate}.mjs`)
    const report = fuzzed(dir, ...files, '--event', 'apigw-v2', '--runs', String(400 * GATES.length), '--seed', '1')
    expect(keys(report).filter((key) => key.startsWith('command-injection'))).to.deep.equal(
      files.map((file) => `command-injection in ${file}`),
    )
  })
})
