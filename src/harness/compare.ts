import path from 'node:path'
import type { Comparison } from '../model/index.js'
import { noteParts } from './captures.js'
import { calling } from './checking.js'
import { methodsOf } from './class-methods.js'
import { hasCanary, isName, isOurs, isPlanted } from './event-texts.js'
import { forgetParts, isPart } from './parts.js'

/**
 * Discovery only: what the function compares event data with. Instrumented code tells operators, switches and table look-ups
 * (src/invokers/instrument.ts); methods that compare are watched here. Only what carries a canary is noted.
 */
const MOST = 200
const LONGEST = 300
/** Members of a list that are looked at. */
const MOST_HELD = 50
/** Names of a table that are told. */
const MOST_NAMES = 64
const notes: Comparison[] = []
const seen = new Set<string>()
let inside = false
let root = ''
/** Where the operator stands that is looked at; undefined for methods. */
let place: number | undefined
/** Set while a watched method runs: whether the function's own code called it. Asked once, and only when there is something to note. */
let byUser: boolean | undefined = true

/** What was compared since this was last asked. */
export function takeCompared(): readonly Comparison[] {
  seen.clear()
  forgetParts()
  return notes.splice(0)
}

function note(text: string | number, op: string, other: unknown): void {
  if (notes.length >= MOST) return
  const plain = typeof other === 'number' || typeof other === 'boolean' || (typeof other === 'string' && other.length <= LONGEST)
  if (!plain || String(text).length > LONGEST) return
  if (!isByUser()) return
  const key = `${String(text)}\0${op}\0${String(other)}\0${place ?? ''}`
  if (seen.has(key)) return
  seen.add(key)
  notes.push({ text: String(text), op, other: other as Comparison['other'], ...(place === undefined ? {} : { at: place }) })
}

/** A list of the function that the event's text is looked for in, or a list of the event in which the function looks for its own. */
function noteHeld(wanted: unknown, values: Iterable<unknown>): void {
  noteAll(wanted, values)
  if (typeof wanted !== 'string' || isOurs(wanted)) return
  let left = MOST_HELD
  for (const value of values) {
    if (isPlanted(value) || hasCanary(value)) note(value as string | number, '===', wanted)
    if (--left === 0) return
  }
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }

function compare(op: string, a: unknown, b: unknown, at: number): boolean {
  quietly(() => {
    if (op === 'in') return isOurs(a) && noteKeys(a, b)
    if (isName(a) && typeof b === 'string') note(a, 'name', b)
    if (isName(b) && typeof a === 'string') note(b, 'name', a)
    if (isOurs(a)) note(a, op, b)
    if (isOurs(b)) note(b, MIRRORED[op] ?? op, a)
    return undefined
  }, at)
  return op === 'in' ? (a as string) in (b as object) : result(op, a as number, b as number)
}

/** What we do ourselves while noting is not watched; odd values are the function's own affair. */
function quietly(body: () => unknown, at?: number): void {
  if (inside) return
  inside = true
  place = at
  try {
    body()
  } catch {
    // A getter or a proxy of the function's.
  } finally {
    inside = false
  }
}

function result(op: string, a: number, b: number): boolean {
  switch (op) {
    case '===':
      return a === b
    case '!==':
      return a !== b
    case '==':
      // biome-ignore lint/suspicious/noDoubleEquals: it is the function's own operator
      return a == b
    case '!=':
      // biome-ignore lint/suspicious/noDoubleEquals: it is the function's own operator
      return a != b
    case '<':
      return a < b
    case '>':
      return a > b
    case '<=':
      return a <= b
    default:
      return a >= b
  }
}

function noteKeys(key: string | number, table: unknown): void {
  if ((typeof table !== 'object' && typeof table !== 'function') || table === null) return
  const methods = methodsOf(table)
  const names = [...Object.keys(table), ...methods].slice(0, MOST_NAMES)
  for (const name of names) note(key, '===', name)
  if (methods.length > 0 || names.some((name) => typeof (table as Record<string, unknown>)[name] === 'function'))
    note(key, 'method', true)
}

/** This file, and those that it goes through. */
const US = [import.meta.filename, ...['checking.js', 'captures.js'].map((file) => path.join(import.meta.dirname, file))]

const isByUser = (): boolean => (byUser ??= isUserCall())

/** The method was called by the function's own code, not by a package, Node or us. Of packages only chosen ones are below the root: others are linked to. */
function isUserCall(): boolean {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 16
  const frames = String(new Error().stack).split('\n').slice(1)
  Error.stackTraceLimit = limit
  const caller = frames.find((frame) => US.every((file) => frame.indexOf(file) === -1)) ?? ''
  return caller.indexOf(root) !== -1
}

/** Offers what instrumented code calls, and watches the methods that compare. `mirrorRoot` holds the function's own code. */
export function watchComparisons(mirrorRoot: string): void {
  root = `${mirrorRoot}/`
  Object.assign(globalThis, {
    __eventfuzz_compare__: compare,
    __eventfuzz_switch__: (value: unknown, cases: readonly unknown[], at: number) => {
      quietly(() => noteAll(value, cases), at)
      return value
    },
    __eventfuzz_call__: calling,
    __eventfuzz_number__: (value: unknown) => {
      quietly(() => noteNumber(value))
      return value
    },
    __eventfuzz_typeof__: (is: boolean, type: unknown, value: () => unknown) => {
      quietly(() => {
        const asked = value()
        // Whether it was asked with === or !==.
        return hasCanary(asked) && type !== 'string' && note(asked, 'typeof', type)
      })
      return is
    },
    __eventfuzz_key__: (table: unknown, key: unknown) => {
      quietly(() => isOurs(key) && noteKeys(key, table))
      return key
    },
  })
  for (const op of ['startsWith', 'endsWith', 'includes', 'indexOf', 'localeCompare'])
    watch(String.prototype, op, (self, [other]) => (hasCanary(self) || isPart(self)) && note(self as string, op, other))
  for (const op of ['match', 'matchAll', 'search'])
    watch(String.prototype, op, (self, [pattern]) => {
      noteParts(self, pattern, isByUser)
      if (hasCanary(self)) noteRegex(self, pattern)
    })
  for (const op of ['toLowerCase', 'toUpperCase', 'toLocaleLowerCase', 'toLocaleUpperCase'])
    watch(String.prototype, op, (self) => hasCanary(self) && note(self, 'case', true))
  // No question that a text of another form would answer, but run on it all the same.
  for (const op of ['replace', 'replaceAll', 'split'])
    watch(String.prototype, op, (self, [pattern]) => {
      if (!hasCanary(self)) return
      if (op === 'split') note(self, op, pattern)
      noteRegex(self, pattern, 'pattern')
    })
  for (const op of ['test', 'exec'])
    watch(RegExp.prototype, op, (self, [text]) => {
      noteParts(text, self, isByUser)
      if (hasCanary(text) || isPart(text)) noteRegex(text, self)
    })
  for (const op of ['includes', 'indexOf'])
    watch(Array.prototype, op, (self, [text]) => noteHeld(text, self as Iterable<unknown>))
  watch(Set.prototype, 'has', (self, [text]) => noteHeld(text, self as Iterable<unknown>))
  for (const op of ['get', 'has'])
    watch(Map.prototype, op, (self, [text]) => isOurs(text) && noteAll(text, (self as Map<unknown, unknown>).keys()))
  for (const op of ['isInteger', 'isSafeInteger', 'isFinite', 'parseInt', 'parseFloat'])
    watch(Number, op, (_self, [value]) => noteNumber(value))
  for (const op of ['parseInt', 'parseFloat', 'isNaN', 'isFinite']) watch(globalThis, op, (_self, [value]) => noteNumber(value))
  watch(Date, 'parse', (_self, [value]) => hasCanary(value) && note(value, '===', '2026-01-02T03:04:05.000Z'))
  watchUrls()
  for (const op of ['extname', 'parse']) watch(path, op, (_self, [name]) => hasCanary(name) && note(name, 'split', '.'))
  watch(Array, 'isArray', (_self, [value]) => hasCanary(value) && note(value, 'isArray', true))
  watch(Object, 'hasOwn', (_self, [table, key]) => isOurs(key) && noteKeys(key, table))
  watch(Object.prototype, 'hasOwnProperty', (self, [key]) => isOurs(key) && noteKeys(key, self))
}

/** `new URL(text)`, `URL.canParse(text)`: a text that is none. */
function watchUrls(): void {
  const { URL: original } = globalThis
  const canParse = original.canParse.bind(original)
  const see = ([text, base]: readonly unknown[]) => {
    byUser = undefined
    if (base === undefined && hasCanary(text) && !canParse(text)) note(text, 'url', true)
    byUser = true
  }
  watch(original, 'canParse', (_self, args) => see(args))
  globalThis.URL = new Proxy(original, {
    construct(target, args, maker) {
      quietly(() => see(args))
      return Reflect.construct(target, args, maker === globalThis.URL ? target : maker) as object
    },
  })
}

const noteNumber = (value: unknown): unknown => hasCanary(value) && note(value, 'typeof', 'number')

const noteRegex = (text: string, pattern: unknown, kind: 'regex' | 'pattern' = 'regex'): void => {
  if (pattern instanceof RegExp) note(text, `${kind}:${pattern.flags}`, pattern.source)
}

function noteAll(text: unknown, others: Iterable<unknown>): void {
  if (!isOurs(text)) return
  let left = 64
  for (const other of others) if (left-- > 0) note(text, '===', other)
}

const descriptorOf = Object.getOwnPropertyDescriptor
type Method = (this: unknown, ...args: unknown[]) => unknown

/** `see` runs before the method, and never in what it calls itself. */
function watch(owner: object, name: string, see: (self: unknown, args: readonly unknown[]) => unknown): void {
  const original = (owner as Record<string, Method>)[name]!
  const watched: Method = function (...args) {
    quietly(() => {
      byUser = undefined
      see(typeof this === 'object' ? this : String(this), args)
    })
    byUser = true
    return Reflect.apply(original, this, args)
  }
  // Under its permission model Node lets nobody replace what handles paths: that is not watched there.
  if (descriptorOf(owner, name)?.configurable === false) return
  Object.defineProperty(owner, name, { value: watched, writable: true, configurable: true, enumerable: false })
}
