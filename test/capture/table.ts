import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { Cell } from './cells.js'

const DOC = fileURLToPath(new URL('../../docs/aws.md', import.meta.url))
const BETWEEN = /(<!-- matrix -->\n)[\s\S]*?(<!-- \/matrix -->)/

/** Holds the table of docs/aws.md against the cells; with UPDATE_DOCS=1 it is written. */
export function compareTable(cells: readonly Cell[]): void {
  const text = readFileSync(DOC, 'utf8')
  const rows = cells.map(
    ({ name, via, service, operation, note }) => `| ${name} | ${service}:${operation} | ${via ?? 'request'} | ${note ?? ''} |`,
  )
  const table = ['', '| how the function calls | recorded as | via | |', '|---|---|---|---|', ...rows, '', ''].join('\n')
  const wanted = text.replace(BETWEEN, (_all, open: string, close: string) => `${open}${table}${close}`)
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOC, wanted)
  else expect(text, 'docs/aws.md is not what the tests show: UPDATE_DOCS=1 writes it').to.equal(wanted)
}
