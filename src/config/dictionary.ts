import path from 'node:path'
import { ConfigError, type Payload, type PayloadFamily } from '../model/index.js'

/** `name="text"` or `"text"`, as libFuzzer and AFL write them; a level behind the name (`name@2`) means nothing here. */
const LINE = /^(?:([\w.-]+)(?:@\d+)?\s*=\s*)?"((?:[^"\\]|\\(?:["\\]|x[0-9a-fA-F]{2}))*)"$/
/** Texts that nothing marks: they may upset a function, and prove no injection. */
const RULES = ['unhandled-error', 'crash', 'hang']

/** A dictionary of libFuzzer as a payload family. Bytes are read as UTF-8. Throws a ConfigError that names file and line. */
export function dictionaryFamily(file: string, text: string): PayloadFamily {
  const payloads = text.split(/\r?\n/).flatMap((line, i): Payload[] => {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) return []
    const value = LINE.exec(trimmed)?.[2]
    if (value === undefined)
      throw new ConfigError(
        `The dictionary ${file} is wrong in line ${i + 1}: an entry is "text" or name="text", with \\", \\\\ and \\xAB`,
      )
    return [{ id: `line-${i + 1}`, value: unescaped(value), control: 'word', position: 'replace' }]
  })
  const id = `dictionary-${path
    .basename(file, '.dict')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')}`
  return {
    schemaVersion: 1,
    id,
    name: `Words of ${path.basename(file)}`,
    ...{ classes: [], cwe: ['CWE-20'], sources: [], at: [], encodings: [], rules: RULES },
    safety: { level: 'inert', allowRemote: false },
    remediation: 'Check what an event holds before it is used.',
    payloads,
  }
}

function unescaped(text: string): string {
  const bytes = [...text.matchAll(/\\x(..)|\\(.)|([^\\]+)/gsu)].map(([, hex, sign, plain]) =>
    hex === undefined ? Buffer.from(sign ?? plain ?? '') : Buffer.from(hex, 'hex'),
  )
  return Buffer.concat(bytes).toString('utf8')
}
