import { answerOf, type CaseMaker, type Draft, escapeToken, getAt, SLOT, type Trial } from '../model/index.js'
import type { Variant } from './variant.js'

/** Events whose answer leads elsewhere, with every query parameter that is known of any event. */
export const leading = (maker: CaseMaker, variants: readonly Variant[], known: readonly Draft[]): readonly Variant[] =>
  variants.filter(({ trial }) => isRedirect(trial)).map((one) => withAllQueries(maker, one, known))

/** The variant with what other events have in their queries: a parameter that changed nothing there may be what is followed here. */
function withAllQueries(maker: CaseMaker, variant: Variant, known: readonly Draft[]): Variant {
  const queryOf = ({ wire }: Draft) => Object.keys((wire as { query?: object }).query ?? {})
  const draft = known.reduce(
    (made, other) =>
      queryOf(other)
        .filter((name) => !queryOf(made).includes(name) && isFree(other, name))
        .reduce((one, name) => maker.restore(one, other, `/query/${escapeToken(name)}`), made),
    variant.draft,
  )
  return draft === variant.draft ? variant : { ...variant, draft }
}

/** Random events have names that nobody asked for; their values are no markers. */
const isFree = ({ wire }: Draft, name: string): boolean =>
  JSON.stringify(getAt(wire, `/query/${escapeToken(name)}`) ?? null).includes(SLOT)

function isRedirect({ case: { contract }, observations }: Trial): boolean {
  const answer = answerOf(contract, observations.at(-1)?.outcome)
  return answer !== undefined && answer.status >= 300 && answer.headers.some(([name]) => name === 'location')
}
