import type { Finding, Report, Reporter } from '../model/index.js'
import { sinkLocation } from './summary.js'
import { visible } from './visible.js'

/** What a spreadsheet reads as a formula, full-width twins and spaces before it included; `|` and `%` begin DDE commands. */
const FORMULA = /^[\s'"]*[=+\-@|%＝＋－＠｜％]/u

/** A spreadsheet holds 32,767 characters in a cell. */
const MOST_CELL = 8_000

const COLUMNS: readonly (readonly [name: string, cell: (finding: Finding) => string])[] = [
  ['fingerprint', ({ fingerprint }) => fingerprint],
  ['severity', ({ severity }) => severity],
  ['confidence', ({ confidence }) => confidence],
  ['status', ({ status }) => status],
  ['rule', ({ rule }) => rule],
  ['title', ({ title }) => title],
  ['function', ({ target }) => target],
  ['sources', ({ sources }) => sources.join(' ')],
  ['surface', ({ surface }) => surface],
  ['field', ({ pointer }) => pointer],
  ['sink', ({ sink }) => sink?.api ?? ''],
  ['location', sinkLocation],
  ['cwe', ({ cwe }) => cwe.join(' ')],
  ['owasp', ({ owasp }) => owasp.join(' ')],
  ['evidence', ({ evidence }) => evidence],
  ['event', ({ event }) => event],
  ['deliver', ({ recipe }) => recipe.join(' ; ')],
  ['replay', ({ replay }) => replay],
  ['fix', ({ remediation }) => remediation],
  ['accepted as', ({ suppression }) => suppression?.state ?? ''],
  ['reason', ({ suppression }) => suppression?.reason ?? ''],
  ['owner', ({ suppression }) => suppression?.owner ?? ''],
  ['expires', ({ suppression }) => suppression?.expires ?? ''],
]

/** The findings as a table for a spreadsheet: every cell is quoted, none is a formula. */
export const csv: Reporter = {
  id: 'csv',
  render: (report) => [...rows(report)].join(''),
  parts: rows,
}

function* rows({ findings }: Report): Generator<string> {
  yield line(COLUMNS.map(([name]) => name))
  for (const finding of findings) yield line(COLUMNS.map(([, cell]) => cell(finding)))
}

const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\n`

function quoted(text: string): string {
  const shown = visible(text, { max: MOST_CELL })
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`
}
