import { type CaseMaker, type Comparison, getAt, type PlantedCanary, SLOT, type Trial } from '../model/index.js'
import type { Answering } from './operands.js'

const EQUALS = /^[!=]==?$/

/** Several fields that the function has joined to one text (`${type}.${name}`) and compared: each gets its part of the other operand. */
export function answeringJoined(maker: CaseMaker, trial: Trial, { op, text, other }: Comparison): Answering[] {
  const { draft, canaries } = trial.case
  const joined = inOrder(text.toLowerCase(), canaries)
  if (!EQUALS.test(op) || typeof other !== 'string' || joined.some(({ point }) => getAt(draft.wire, point.wire) !== SLOT))
    return []
  const parts = patternOf(text.toLowerCase(), joined).exec(other)
  if (parts === null) return []
  const made = joined.reduce((filled, { point }, i) => maker.withValue(filled, point, parts[i + 1]!), draft)
  return [{ key: `${joined.map(({ point }) => point.wire).join(' ')} ${op} ${other}`, draft: made }]
}

/** Canaries as they stand in the text, each once. */
const inOrder = (text: string, canaries: readonly PlantedCanary[]): readonly PlantedCanary[] =>
  canaries.filter(({ canary }) => text.includes(canary)).sort((a, b) => text.indexOf(a.canary) - text.indexOf(b.canary))

/** What stands between the canaries is fixed; a canary stands for something. */
function patternOf(text: string, joined: readonly PlantedCanary[]): RegExp {
  const escaped = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  let rest = text
  const parts = joined.map(({ canary }) => {
    const at = rest.indexOf(canary)
    const before = rest.slice(0, at)
    rest = rest.slice(at + canary.length)
    return escaped(before)
  })
  return new RegExp(`^${parts.join('(.+?)')}(.+?)${escaped(rest)}$`, 'i')
}
