import { expect } from 'chai'
import type { Region } from '#src/oracles/region.js'
import { HEAD, TAIL } from './marked.js'

/** Where a value is written (`·`), and for each payload one sign per context: `d` it is data there, `L` it leaves its token. */
export interface Matrix {
  readonly contexts: readonly string[]
  readonly rows: readonly (readonly [payload: string, verdicts: string])[]
}

type Leaves = (text: string, region: Region) => boolean

/** One mocha test per payload, over all contexts: what is not as the table says is listed. */
export function matrix({ contexts, rows }: Matrix, leaves: Leaves, frame = framed): void {
  for (const [payload, verdicts] of rows) {
    it(`${JSON.stringify(payload)} in ${contexts.length} places`, () => {
      expect(verdicts).to.match(new RegExp(`^[dL]{${contexts.length}}$`))
      const wrong = contexts.filter((context, i) => {
        const { text, region } = frame(context, payload)
        return leaves(text, region) !== (verdicts[i] === 'L')
      })
      expect(wrong).to.deep.equal([])
    })
  }
}

/** How many of the table's verdicts there are: the tables are to stay large. */
export const size = ({ contexts, rows }: Matrix): number => contexts.length * rows.length

function framed(context: string, payload: string): { readonly text: string; readonly region: Region } {
  const start = context.indexOf('·')
  const value = HEAD + payload + TAIL
  return { text: context.replace('·', () => value), region: { start, end: start + value.length } }
}
