import { type CaseMaker, type Comparison, getAt, SLOT, type Trial } from '../model/index.js'
import type { Answering } from './operands.js'

/** A part of a plain text that a pattern of the function has captured, and that is compared: it is put in the place of the part. */
export function answeringPart(
  maker: CaseMaker,
  { case: { draft } }: Trial,
  { op, text, other }: Comparison,
  values: readonly unknown[],
): Answering[] {
  const fixed = values.filter((value) => typeof value === 'string' && value !== text)
  return maker.points(draft).flatMap((point) => {
    const leaf = getAt(draft.wire, point.wire)
    if (point.kind !== 'leaf' || typeof leaf !== 'string' || leaf.includes(SLOT) || leaf.split(text).length !== 2) return []
    return fixed.map((value) => ({
      key: `${point.wire} part ${op} ${String(other)} ${String(value)}`,
      draft: maker.withValue(
        draft,
        point,
        leaf.replace(text, () => String(value)),
      ),
    }))
  })
}
