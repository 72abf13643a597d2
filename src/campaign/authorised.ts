import {
  allowedResources,
  type CaseMaker,
  type Draft,
  getAt,
  isJsonObject,
  type Json,
  type JsonObject,
  type Trial,
} from '../model/index.js'
import type { Runner } from './runner.js'
import type { Variant } from './variant.js'

/** Begins the label of a draft that is followed by a request for something else. */
const ASKS_ON = 'the same caller asks for something else'
const MOST_ALLOWED = 4
const MOST_REFUSED = 4
/** Parts of a request that say what is asked for; all else says who asks. */
const ASKED_FOR = ['route', 'method', 'path', 'pathParameters']

/** A request that an authorizer allows, and one of the same caller for something else. */
interface Authorised {
  readonly maker: CaseMaker
  readonly trial: Trial
  readonly accepted: readonly Draft[]
}

/** After an Allow with a wildcard, the same caller asks for what others were refused: API Gateway may answer from what it kept. */
export async function* authorised(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Authorised> {
  const wide = variants.filter(({ trial }) => trial.case.contract === 'authorizer' && isWide(trial))
  const refused = variants.filter(({ trial }) => allowedResources(trial.observations.at(-1)?.outcome).length === 0)
  const others = new Map(refused.map(({ trial }) => [JSON.stringify(askedFor(trial.case.wire)), askedFor(trial.case.wire)]))
  // What is let in in one format, or with one token, is nothing that others are refused.
  for (const { trial } of wide) others.delete(JSON.stringify(askedFor(trial.case.wire)))
  // One for each route: who has a key may be let in everywhere, and what is open to all is not.
  const ways = new Map([...wide].reverse().map((one) => [String(getAt(one.draft.wire, '/route')), one]))
  for (const { draft } of [...ways.values()].slice(-MOST_ALLOWED)) {
    for (const other of [...others.values()].slice(-MOST_REFUSED)) {
      if (runner.stopped) return
      const asking = asksOn(maker, other)
      const [trial] = await runner.tryAll(asking, [{ ...draft, stage: 'sequence', labels: [ASKS_ON] }])
      if (trial !== undefined) yield { maker: asking, trial, accepted: [draft] }
    }
  }
}

const isWide = ({ observations }: Trial): boolean =>
  allowedResources(observations.at(-1)?.outcome).some((resource) => resource.includes('*'))

const askedFor = (wire: Json): JsonObject =>
  Object.fromEntries(Object.entries(isJsonObject(wire) ? wire : {}).filter(([name]) => ASKED_FOR.includes(name)))

/** A maker whose cases are two steps: the draft, then the same request (token, headers and all) for something else. */
function asksOn(maker: CaseMaker, other: JsonObject): CaseMaker {
  const next = (draft: Draft, wire: Json, number: number) =>
    maker.render({ ...draft, wire: { ...(wire as JsonObject), ...other } }, number)
  return {
    ...maker,
    recipe: (made) => [
      ...maker.recipe(made),
      '# then, where API Gateway caches what an authorizer says, with the same token or header:',
      ...maker.recipe({ ...made, wire: { ...(made.wire as JsonObject), ...other } }),
    ],
    render(draft, number) {
      const first = maker.render(draft, number)
      const then = first === undefined || draft.labels[0] !== ASKS_ON ? undefined : next(draft, first.wire, number)
      return first === undefined || then === undefined ? first : { ...first, steps: [...first.steps, ...then.steps] }
    },
  }
}
