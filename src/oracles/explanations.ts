import type { Oracle } from '../model/index.js'
import { injections } from './explain-injection.js'
import { robustness } from './explain-robustness.js'
import { trusts } from './explain-trust.js'
import type { Explanation } from './explanation.js'

/** Groups of rules, with what is to be said of each. */
export const explained: readonly (readonly [group: string, rules: Readonly<Record<string, Explanation>>])[] = [
  ['Injection', injections],
  ['Trust and secrets', trusts],
  ['Robustness', robustness],
]

export const explanationOf = (id: string): Explanation | undefined =>
  explained.find(([, rules]) => Object.hasOwn(rules, id))?.[1][id]

/** How a rule's findings are proven, in a sentence. */
export const PROOFS: Readonly<Record<Oracle['proof'], string>> = {
  injection:
    'The payload shows it three times in fresh processes, each time with other markers, and a benign value of the same shape does not.',
  contract: 'It shows three times out of three in fresh processes; honest events may show it too.',
  robustness:
    'The smallest event that shows it does so three times out of three in fresh processes, and an honest event does not.',
  growth: 'The time grows with the size of the value over at least four sizes, twice.',
  state: 'A sequence of events shows it; swapped, or in fresh processes, they do not.',
}
