import { Buffer as NodeBuffer } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { escapeToken } from '../model/pointer.js'
import { hookParams, hookQuerystring } from './event-forms.js'
import { notePart } from './parts.js'

/**
 * Discovery only: a view of the event that notes which pointers are read and which keys are looked for and missing,
 * through JSON.parse, base64, gzip and form decoding. A view changes behaviour (identity, structuredClone), so what happens
 * under it never becomes a finding.
 */
export interface EventView {
  readonly event: unknown
  readonly reads: Set<string>
  readonly missing: Set<string>
  /** Takes the decoders' hooks out again. */
  end(): void
}

const parseJson = JSON.parse
/** What an authorizer says of the sender. */
const IDENTITY = '/requestContext/authorizer/'
const TYPE = /^\/(?:headers|multiValueHeaders)\/content-type(?:\/0)?$/i

/** What is compared although the sender cannot choose its text: who sent it, and of which type the body is. */
function noteGiven(text: string, pointer: string): void {
  if (pointer.startsWith(IDENTITY)) notePart(text)
  if (!TYPE.test(pointer)) return
  notePart(text)
  notePart(text.split(';')[0]!.trim())
}

/** As CloudWatch Logs packs its events; undefined for what is none, or too large to look into. */
function unpack(bytes: NodeBuffer): string | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: 4_000_000 }).toString('utf8')
  } catch {
    return undefined
  }
}

const IGNORED = new Set([
  'then',
  'toJSON',
  'toBSON',
  '_bsontype',
  'constructor',
  'inspect',
  'nodeType',
  '$$typeof',
  '__proto__',
  'asymmetricMatch',
  '@@__IMMUTABLE_ITERABLE__@@',
])
const MOST = 2_000
/** Longest text that is looked into as a token. */
const MOST_TOKEN = 16_384

const places = new WeakMap<object, string>()

/** Where in the event the object that the function holds stands; undefined for one of its own. */
export const placeOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? places.get(value) : undefined

// As it is before it is watched.
const { has: hasKey, get: getOf } = Map.prototype
let current: View | undefined
/** Names of headers, cookies and query parameters that the event has: what goes through them compares each with the one it wants. */
let names = new Set<string>()

export const isNameOfEvent = (text: string): boolean => names.has(text)

function namesIn(event: unknown): Set<string> {
  const { headers, cookies, queryStringParameters: query } = (event ?? {}) as Record<string, unknown>
  const list =
    NodeBuffer.isBuffer(cookies) || !Array.isArray(cookies) ? [] : cookies.map((cookie) => String(cookie).split('=')[0]!)
  const keys = [headers, query].flatMap((map) => (typeof map === 'object' && map !== null ? Object.keys(map) : []))
  return new Set([...keys, ...keys.map((key) => key.toLowerCase()), ...list])
}

/** The function has read this text in the event, as it stood there or decoded. */
export const isTextRead = (text: string): boolean => current !== undefined && Reflect.apply(hasKey, current.origin, [text])

/** Where in the event this text stood, when it was read there. */
export const placeOfText = (text: string): string | undefined =>
  current === undefined ? undefined : (Reflect.apply(getOf, current.origin, [text]) as string | undefined)

const WHOLE = /\/(?:body|Body|data|Message)$/

/** The text has the body of the event in it, whatever that is. */
export const holdsBody = (text: string): boolean =>
  current !== undefined && [...current.origin].some(([read, pointer]) => WHOLE.test(pointer) && text.indexOf(read) !== -1)

/** A view of what the function made of a part of the event: `pointer` says which, and how. */
export const viewAt = (value: unknown, pointer: string): unknown => current?.wrap(value, pointer) ?? value

export function viewOf(event: unknown): EventView {
  const view = new View()
  current = view
  names = namesIn(event)
  const restore = [hookJson(view), hookParams(view), hookQuerystring(view)]
  return {
    event: view.wrap(event, ''),
    reads: view.reads,
    missing: view.missing,
    end: () => {
      current = undefined
      for (const undo of restore) undo()
    },
  }
}

class View {
  readonly reads = new Set<string>()
  readonly missing = new Set<string>()
  /** Where a text that was read stood, also in its decoded forms. */
  readonly origin = new Map<string, string>()
  #serialised: object | undefined

  wrap(value: unknown, pointer: string): unknown {
    if (typeof value === 'string') this.remember(value, pointer)
    if (typeof value === 'string') noteGiven(value, pointer)
    if (typeof value !== 'object' || value === null || NodeBuffer.isBuffer(value)) return value
    const children = new Map<string, { value: unknown; view: unknown }>()
    const proxy = new Proxy(value, {
      get: (target, key, receiver) => {
        this.#serialised = key === 'toJSON' || key === 'toBSON' ? target : undefined
        if (typeof key !== 'string') return Reflect.get(target, key, receiver)
        return this.#read(target, key, `${pointer}/${escapeToken(key)}`, children)
      },
      getOwnPropertyDescriptor: (target, key) => {
        const own = Reflect.getOwnPropertyDescriptor(target, key)
        if (typeof key === 'string' && !Array.isArray(target)) this.note(`${pointer}/${escapeToken(key)}`, own !== undefined)
        return own
      },
      ownKeys: (target) => {
        // JSON.stringify asks for toJSON (BSON for toBSON), then lists the keys: whatever stands there is only written out.
        if (this.#serialised !== target) this.note(`${pointer}/*`, true)
        return Reflect.ownKeys(target)
      },
      has: (target, key) => {
        const there = Reflect.has(target, key)
        if (typeof key === 'string') this.note(`${pointer}/${escapeToken(key)}`, there)
        return there
      },
    })
    places.set(proxy, pointer)
    return proxy
  }

  #read(target: object, key: string, pointer: string, children: Map<string, { value: unknown; view: unknown }>): unknown {
    const own = Object.getOwnPropertyDescriptor(target, key)
    if (own === undefined) {
      if (!(key in target) && !IGNORED.has(key) && !(Array.isArray(target) && /^\d+$/.test(key))) this.note(pointer, false)
      return Reflect.get(target, key)
    }
    if (!(Array.isArray(target) && key === 'length')) this.note(pointer, own.value !== undefined && own.value !== null)
    if (own.configurable === false) return own.value
    // The function may have put something else there, such as the parsed body.
    const known = children.get(key)
    if (known !== undefined && known.value === own.value) return known.view
    const view = this.wrap(own.value, pointer)
    children.set(key, { value: own.value, view })
    return view
  }

  note(pointer: string, found: boolean): void {
    const into = found ? this.reads : this.missing
    if (into.size < MOST) into.add(pointer)
  }

  remember(text: string, pointer: string): void {
    if (text.length < 2 || text.length > 1_000_000) return
    if (!this.origin.has(text)) this.origin.set(text, pointer)
    if (!/^[A-Za-z0-9+/_-]{2,}={0,2}$/.test(text)) {
      this.#rememberParts(text, pointer)
      return
    }
    const bytes = NodeBuffer.from(text, 'base64')
    const decoded = bytes.toString('utf8')
    if (!this.origin.has(decoded)) this.origin.set(decoded, `${pointer}#base64`)
    const unpacked = bytes[0] === 0x1f && bytes[1] === 0x8b ? unpack(bytes) : undefined
    if (unpacked !== undefined && !this.origin.has(unpacked)) this.origin.set(unpacked, `${pointer}#base64#gzip`)
  }

  /** The parts of a token such as `Bearer <header>.<claims>.<signature>`, counted as the event's makers count them. */
  #rememberParts(text: string, pointer: string): void {
    for (const [i, part] of text.slice(0, MOST_TOKEN).split(/[ .]/).entries()) {
      const decoded = /^eyJ[\w-]+$/.test(part) ? NodeBuffer.from(part, 'base64url').toString('utf8') : undefined
      if (decoded !== undefined && !this.origin.has(decoded)) this.origin.set(decoded, `${pointer}#part${i}#base64`)
    }
  }
}

function hookJson(view: View): () => void {
  const parse = JSON.parse
  JSON.parse = function (this: unknown, text: string, reviver?: never): unknown {
    const pointer = typeof text === 'string' ? view.origin.get(text) : originOfBytes(view, text)
    const value = parsed(view, pointer, text, reviver)
    if (pointer === undefined) return value
    // Of a text nothing can be asked that would be seen: it stands for a document.
    if (typeof value === 'string') view.note(`${pointer}#json`, false)
    return view.wrap(value, `${pointer}#json`)
  } as typeof JSON.parse
  return () => {
    JSON.parse = parse
  }
}

/** A text of the event that is no JSON is a document that was looked for there. */
function parsed(view: View, pointer: string | undefined, text: string, reviver: never | undefined): unknown {
  try {
    return Reflect.apply(parseJson, JSON, [text, reviver])
  } catch (error) {
    if (pointer !== undefined) view.note(`${pointer}#json`, false)
    throw error
  }
}

const originOfBytes = (view: View, bytes: unknown): string | undefined =>
  NodeBuffer.isBuffer(bytes) ? view.origin.get(bytes.toString('utf8')) : undefined
