import { expect } from 'chai'
import type { Region } from '#src/oracles/region.js'

/** One line of a table: « and » stand for the payload's head and tail marker. */
export type Row = readonly [text: string, verdict: 'data' | 'leaves']

export const HEAD = 'efaaaaaaaaaaz'
export const TAIL = 'efbbbbbbbbbbz'

/** The text with its markers, and where they stand. */
export function marked(row: string): { readonly text: string; readonly region: Region } {
  const start = row.indexOf('«')
  const end = row.indexOf('»')
  if (start === -1 || end < start) throw new Error(`A row needs « and »: ${row}`)
  const text = row.replace('«', HEAD).replace('»', TAIL)
  return { text, region: { start, end: end - 2 + HEAD.length + TAIL.length + 1 } }
}

/** One mocha test per row. */
export function table(rows: readonly Row[], leaves: (text: string, region: Region) => boolean): void {
  for (const row of rows) {
    it(`${row[1] === 'data' ? 'is data:' : 'leaves: '} ${JSON.stringify(row[0])}`, () => {
      const { text, region } = marked(row[0])
      const marks = text.slice(region.start, region.end)
      expect(marks.startsWith(HEAD) && marks.endsWith(TAIL), 'the region of the row').to.equal(true)
      expect(leaves(text, region) ? 'leaves' : 'data').to.equal(row[1])
    })
  }
}
