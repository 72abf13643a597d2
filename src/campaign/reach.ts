import {
  answerOf,
  canariesIn,
  type Effect,
  isHtml,
  isJsonObject,
  type Json,
  mailOf,
  type Observation,
  type ResponseContract,
  type Trial,
} from '../model/index.js'

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

type Part = Reached & { readonly text: string }

function partsOf(contract: ResponseContract, { effects, outcome, log, web = [] }: Observation): Part[] {
  const answer = answerOf(contract, outcome)
  const mail = mailOf(contract, outcome)
  const named = answer?.headers.map(([name, value]) => ({ kind: name === 'location' ? name : 'header', name, value })) ?? []
  return [
    ...effects.flatMap(partsOfEffect),
    // What is resolved against an address may replace it: `//host`.
    ...web.map(({ host, path }) => ({ kind: 'http', place: `path at ${plainHost(host)}`, text: path.toLowerCase() })),
    ...named.map(({ kind, name, value }) => ({ kind, place: `header ${name}`, text: value.toLowerCase() })),
    ...(answer !== undefined && isHtml(answer) ? [{ kind: 'html', place: 'html', text: answer.body.toLowerCase() }] : []),
    ...(mail === undefined ? [] : [{ kind: 'mail', place: 'mail', text: mail.toLowerCase() }]),
    { kind: 'log', place: 'log', text: log.toLowerCase() },
  ]
}

/** A host that event data chooses is the same place for each event. */
const plainHost = (host: string): string => (canariesIn(host).length > 0 ? '*' : host)

function partsOfEffect(effect: Effect): Part[] {
  const place = `${effect.api}:${effect.location?.file}:${effect.location?.line}`
  const whole = { kind: effect.kind, place, text: JSON.stringify(effect).toLowerCase() }
  if (effect.kind !== 'aws') return [whole]
  const texts = [...textsIn(effect.params)].flatMap(([name, text]) =>
    kindsOf(effect.service, name, text).map((kind) => ({ kind, place, text: text.toLowerCase() })),
  )
  return [whole, ...texts]
}

const STATEMENT = /^(?:Statement|sql|Sql|QueryString)$/

/** What a text in the parameters of a call is read as. */
const kindsOf = (service: string, name: string, text: string): string[] => [
  ...(service === 'ses' ? ['mail'] : []),
  ...(service === 'mongodb' ? ['nosql'] : []),
  ...(name.endsWith('Expression') ? ['expression'] : []),
  ...(STATEMENT.test(name) ? ['statement'] : []),
  ...(/^\s*[{[]/.test(text) ? ['json'] : []),
]

function* textsIn(value: Json, name = ''): Generator<readonly [name: string, text: string]> {
  if (typeof value === 'string') yield [name, value]
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item, name)
  else if (isJsonObject(value)) for (const [key, child] of Object.entries(value)) yield* textsIn(child, key)
}
