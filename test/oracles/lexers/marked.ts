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
      if (!text.slice(region.start, region.end).startsWith(HEAD)) throw new Error('wrong region')
      if (!text.slice(region.start, region.end).endsWith(TAIL)) throw new Error('wrong region')
      if (leaves(text, region) !== (row[1] === 'leaves')) throw new Error(`expected ${row[1]}`)
    })
  }
}
