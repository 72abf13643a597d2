import {
  type AwsCall,
  type CaseMaker,
  type Draft,
  getAt,
  isJsonObject,
  type Json,
  type JsonObject,
  receivedIn,
  sentBy,
  type Trial,
} from '../model/index.js'
import type { Runner } from './runner.js'
import { itemAfter } from './stored-image.js'
import type { Variant } from './variant.js'

/** More than a function tries again that counts its tries: see oracles/recursive-trigger.ts. */
const GENERATIONS = 12
const MOST = 3

interface Relayed {
  readonly maker: CaseMaker
  readonly trial: Trial
  readonly accepted: readonly Draft[]
}

/** Runs honest events together with those that the function sends to its own queue, topic, bus or table, generation by generation. */
export async function* relayed(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Relayed> {
  let tried = 0
  for (const { draft, trial } of variants) {
    if (nextWire(trial) === undefined || runner.stopped || ++tried > MOST) continue
    const later: Draft[] = []
    let last: Trial | undefined = trial
    while (last !== undefined && later.length < GENERATIONS - 1) {
      const wire = nextWire(last)
      if (wire === undefined) break
      const next: Draft = { ...draft, wire }
      later.push(next)
      last = (await runner.tryAll(maker, [next]))[0]
    }
    if (later.length < GENERATIONS - 1 || last === undefined || nextWire(last) === undefined) continue
    const chain = followedBy(maker, later)
    const [whole] = await runner.tryAll(chain, [{ ...draft, stage: 'sequence' }])
    if (whole !== undefined) yield { maker: chain, trial: whole, accepted: [draft] }
  }
}

/** Wire input of the event that a trial's own call causes; undefined where none comes back. */
function nextWire({ case: { wire, steps }, observations }: Trial): Json | undefined {
  const from = receivedIn(JSON.parse(steps.at(-1)!.text) as Json)
  const call = observations.at(-1)?.aws.find((one) => from !== undefined && sentBy(one)?.place === from.place)
  if (from === undefined || call === undefined || !isJsonObject(wire)) return undefined
  const text = sentBy(call)!.text
  switch (from.place.split(':')[0]) {
    case 'sqs':
      return messageOf(wire, call, text)
    case 'sns':
      return { ...wire, message: { kind: 'text', text }, attributes: attributesOf(call.params['MessageAttributes']) }
    case 'events':
      return { ...wire, detail: JSON.parse(text) as Json }
    default:
      return changeOf(wire, call)
  }
}

function messageOf(wire: JsonObject, { params }: AwsCall, text: string): Json | undefined {
  const [message] = wire['messages'] as readonly JsonObject[]
  const entries = params['Entries']
  const sent = Array.isArray(entries) ? (entries[0] as JsonObject) : params
  const attributes = attributesOf(sent['MessageAttributes'])
  return { ...wire, messages: [{ ...message, body: { kind: 'text', text }, attributes }] }
}

const attributesOf = (sent: Json | undefined): JsonObject =>
  Object.fromEntries(
    Object.entries(isJsonObject(sent ?? null) ? (sent as JsonObject) : {}).map(([name, one]) => [
      name,
      { type: getAt(one, '/DataType') ?? 'String', value: getAt(one, '/StringValue') ?? '' },
    ]),
  )

/** A stream shows no write that changes nothing. */
function changeOf(wire: JsonObject, { params }: AwsCall): Json | undefined {
  const [change] = wire['changes'] as readonly JsonObject[]
  if (change === undefined || change['operation'] === 'REMOVE') return undefined
  const [keys, before] = [change['keys'] as JsonObject, change['item'] as JsonObject]
  const item = itemAfter(before, params)
  const holder = isJsonObject(params['Key'] ?? null) ? (params['Key'] as JsonObject) : (item ?? {})
  const next = Object.fromEntries(Object.keys(keys).map((name) => [name, holder[name] ?? null]))
  if (item === undefined || Object.values(next).includes(null)) return undefined
  const isSame = JSON.stringify(next) === JSON.stringify(keys)
  const rest = Object.fromEntries(Object.entries(item).filter(([name]) => !Object.hasOwn(keys, name)))
  if (isSame && JSON.stringify(rest) === JSON.stringify(before)) return undefined
  const made = { ...change, operation: isSame ? 'MODIFY' : 'INSERT', keys: next, item: rest, old: isSame ? before : {} }
  return { ...wire, changes: [made] }
}

/** A maker whose cases are the draft's event and then those of what it led to. */
function followedBy(maker: CaseMaker, later: readonly Draft[]): CaseMaker {
  return {
    ...maker,
    render(draft, number) {
      const first = maker.render(draft, number)
      if (draft.stage !== 'sequence' || first === undefined) return first
      const steps = later.flatMap((one) => maker.render(one, number)?.steps ?? [])
      return steps.length < later.length ? undefined : { ...first, steps: [...first.steps, ...steps] }
    },
  }
}
