import type { Json, JsonObject } from '../../model/index.js'
import type { Place } from '../services/service.js'
import { inventFlag, inventNumber, inventText, inventTime } from './invent-text.js'
import type { Operation } from './model.js'
import type { Member, Shape, Structure } from './shapes.js'
import { specialAnswers } from './special.js'

const DEEPEST = 6
const MOST_VALUES = 400
// Whatever asks for a further page, or tells of a failure, is left out: the first would never end, the second did not happen.
const LEFT_OUT =
  /^(?:next|lastevaluated|pagination|exclusivestart)|(?:continuationtoken|nexttoken|pagetoken|marker)$|error|failure|fault|exception|reason|cancel|challenge|^(?:position|logresult)$/i
// What users have put, and what has gone wrong: a function may drain these in a loop until they are empty, so they are.
const EMPTY_LISTS =
  /^(?:records|messages|events|rows|items|contents|results|warnings|versions|.*(?:unprocessed|failed|rejected|invalid|skipped).*)$/i
const EMPTY_OPERATIONS = /^(?:List|Scan|Query|Search|Receive|Poll|Filter|Select)/

// Bytes that are a document where they stand inside another, as in the events of a stream
const DOCUMENTS = /^(?:payload|bytes|body)$/i

/** One operation that was asked, with what it was asked. */
export interface Asked {
  readonly service: string
  readonly api: Operation
  readonly params: JsonObject
  readonly place: Place
}

interface Making extends Asked {
  readonly some: boolean
  readonly inside: readonly Shape[]
  left: number
}

/**
 * A plausible answer from the shape of the output: always the same for the same question. Descriptions hold one thing of each kind,
 * lists that are read page by page or drained are empty, and nothing asks for a further page.
 */
export function invent(asked: Asked): JsonObject {
  const making: Making = { ...asked, some: !EMPTY_OPERATIONS.test(asked.api.name), inside: [], left: MOST_VALUES }
  const answer = asked.api.output.kind === 'structure' ? structure(asked.api.output, making) : {}
  return { ...answer, ...specialAnswers(asked) }
}

function structure(shape: Structure, making: Making): JsonObject {
  const inner = { ...making, inside: [...making.inside, shape] }
  const wanted = shape.members.filter((member) => isWanted(member, inner))
  // Of a union exactly one member is set.
  const members = shape.kind === 'union' ? wanted.slice(0, 1) : wanted
  const entries = members.map((member): [string, Json | undefined] => [member.name, inventValue(member, inner)])
  making.left = inner.left
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined))
}

function isWanted({ name, shape, traits }: Member, { api, inside }: Making): boolean {
  if (traits.code === 1) return true
  if (inside.length === 1 && api.pageToken?.split('.')[0] === name && shape.kind === 'string') return false
  return !LEFT_OUT.test(name) && !((shape.kind === 'structure' || shape.kind === 'union') && shape.error)
}

function inventValue({ name, shape, traits }: Member, making: Making): Json | undefined {
  if (--making.left < 0) return undefined
  switch (shape.kind) {
    case 'string':
      return echoed(name, making) ?? traits.value ?? inventText(name, making.place, making.service)
    case 'number':
      return inventNumber(name, making.some)
    case 'boolean':
      return inventFlag(name)
    case 'timestamp':
      return inventTime(name)
    case 'blob':
      return traits.payload === 1 ? '{}' : base64Of(DOCUMENTS.test(name) ? '{}' : 'example')
    case 'document':
    case 'map':
      return {}
    case 'unit':
      return undefined
    case 'list':
      return listValue(name, shape.item, making)
    default:
      return nested(shape, making)
  }
}

const base64Of = (text: string): string => Buffer.from(text).toString('base64')

/** What the question names is what the answer is about. */
function echoed(name: string, { params }: Making): string | undefined {
  const given = Object.hasOwn(params, name) ? params[name] : undefined
  return typeof given === 'string' && given !== '' && given.length <= 2048 ? given : undefined
}

function listValue(name: string, item: Member, making: Making): Json {
  if (!making.some || EMPTY_LISTS.test(name)) return []
  const value = inventValue({ ...item, shape: item.shape, name: singular(name) }, making)
  return value === undefined ? [] : [value]
}

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/s$/, '')

function nested(shape: Structure, making: Making): Json | undefined {
  if (making.inside.length >= DEEPEST || making.inside.includes(shape)) return undefined
  if (shape.stream) return eventsOf(shape, making)
  return structure(shape, making)
}

/** One of each event that a stream can carry, in the order of the API. */
function eventsOf(shape: Structure, making: Making): Json {
  const good = shape.members.filter(({ shape: event }) => event.kind === 'structure' && !event.error)
  return good.map((event): Json => ({ [event.name]: structure(event.shape as Structure, making) }))
}
