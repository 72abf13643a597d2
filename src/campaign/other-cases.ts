import { type Comparison, type Json, SLOT, type Trial } from '../model/index.js'

/** Whether the function asks for this text in whatever case: it made it small or large, or its pattern knows no case. */
export const isFolded = ({ observations }: Trial, canary: string, { op }: Comparison): boolean =>
  /^regex:.*i/.test(op) ||
  (observations[0]?.compared ?? []).some((one) => one.op === 'case' && one.text.toLowerCase().includes(canary))

/** A text in small and in large letters, as far as that is another one; what stands for a canary stays. */
export function otherCases(value: Json): readonly string[] {
  if (typeof value !== 'string') return []
  const changed = (change: (part: string) => string) => value.split(SLOT).map(change).join(SLOT)
  const cases = [changed((part) => part.toLowerCase()), changed((part) => part.toUpperCase())]
  return cases.filter((one) => one !== value)
}
