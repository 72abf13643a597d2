import { styleText } from 'node:util'
import type { Severity } from '../model/index.js'

/** How the list looks; without colour everything is plain text. */
export interface TextOptions {
  readonly color: boolean
}

type Format = Parameters<typeof styleText>[0]

/** Wraps text in a colour. Its text is ours or has been made visible: a payload can neither end the colour nor start one. */
export type Paint = (format: Format, text: string) => string

// styleText checks the stream and NO_COLOR by itself from Node 22 on; whether there is colour is the caller's to say.
export const painter = ({ color }: TextOptions): Paint =>
  color
    ? (format, text) => (styleText as (f: Format, t: string, o: object) => string)(format, text, { validateStream: false })
    : (_, text) => text

/** How a severity stands out. */
export const SEVERITY_FORMAT: ReadonlyMap<Severity, Format> = new Map<Severity, Format>([
  ['critical', ['bold', 'white', 'bgRed']],
  ['high', ['bold', 'red']],
  ['medium', ['bold', 'yellow']],
  ['low', ['bold', 'cyan']],
])

const LABEL = 10

/** `  field     /body`: a label and its text; further texts stand below the first. */
export const labelled = (paint: Paint, label: string, texts: readonly string[]): readonly string[] =>
  texts.map((text, i) => `  ${paint('dim', (i === 0 ? label : '').padEnd(LABEL))}${text}`)

/** Columns as wide as their widest cell, the last as wide as it likes. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  return rows.map((row) => `  ${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ')}`)
}
