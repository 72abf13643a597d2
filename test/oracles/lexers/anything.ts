import fc from 'fast-check'
import type { Region } from '#src/oracles/region.js'
import { HEAD, TAIL } from './marked.js'

/** Verdicts on any text around any payload: a sink's text is the function's, and may be anything. */
export function verdictsOnAnything(leaves: (text: string, region: Region) => boolean): readonly unknown[] {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom("'", '"', '`', '\\', '${', '/*', '--', '$(', '{', '\n'),
  )
  const texts = fc.sample(fc.tuple(part, part, part), { seed: 1, numRuns: 500 })
  return texts.map(([before, inside, after]) =>
    leaves(before + HEAD + inside + TAIL + after, {
      start: before.length,
      end: before.length + HEAD.length + inside.length + TAIL.length,
    }),
  )
}
