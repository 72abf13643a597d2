import { answerOf, isHtml, type Observation, type ResponseContract, type Trial } from '../model/index.js'

/** A sink, or a part of the answer, that a canary was seen in: its kind as rules name it, and where it is. */
export interface Reached {
  readonly kind: string
  readonly place: string
}

/** Wire pointers whose canary reached a sink or a telling part of the answer, and which. */
export function reachedPoints(trial: Trial): Map<string, Reached[]> {
  const parts = trial.observations.flatMap((observation) => partsOf(trial.case.contract, observation))
  const reach = new Map<string, Reached[]>()
  for (const { canary, point } of trial.case.canaries) {
    const places = parts.filter(({ text }) => text.includes(canary)).map(({ kind, place }) => ({ kind, place }))
    if (places.length > 0) reach.set(point.wire, [...(reach.get(point.wire) ?? []), ...places])
  }
  return reach
}

function partsOf(contract: ResponseContract, { effects, outcome, log }: Observation): (Reached & { readonly text: string })[] {
  const answer = answerOf(contract, outcome)
  const named = answer?.headers.map(([name, value]) => ({ kind: name === 'location' ? name : 'header', name, value })) ?? []
  return [
    ...effects.map((effect) => ({
      kind: effect.kind,
      place: `${effect.api}:${effect.location?.file}:${effect.location?.line}`,
      text: JSON.stringify(effect).toLowerCase(),
    })),
    ...named.map(({ kind, name, value }) => ({ kind, place: `header ${name}`, text: value.toLowerCase() })),
    ...(answer !== undefined && isHtml(answer) ? [{ kind: 'html', place: 'html', text: answer.body.toLowerCase() }] : []),
    { kind: 'log', place: 'log', text: log.toLowerCase() },
  ]
}
