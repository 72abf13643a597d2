import { type Case, type CaseMaker, getAt } from '../model/index.js'

/**
 * Texts of a random event, which has no canaries, that its sender chooses: a call that carries one of them is as much the sender's as one
 * that carries a canary. Empty for events with canaries.
 */
export function unmarkedTexts(maker: CaseMaker, { draft, wire, canaries }: Case): readonly string[] {
  if (canaries.length > 0 || draft.placed !== null) return []
  const leaves = maker.points(draft).filter(({ kind }) => kind === 'leaf')
  return [
    ...new Set(leaves.map((point) => getAt(wire, point.wire)).filter((value) => typeof value === 'string' && value !== '')),
  ] as string[]
}

/** Shorter ones may stand in any text by chance. */
const LEAST = 6

/** True for a text that is, or holds, one of them. */
export const carries = (text: string, texts: readonly string[]): boolean =>
  texts.some((one) => text === one || (one.length >= LEAST && text.includes(one)))
