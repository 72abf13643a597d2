import querystring from 'node:querystring'
import { escapeToken } from '../model/pointer.js'

/** What knows where a text of the event stood: see event-view.ts. */
interface Decoded {
  readonly origin: ReadonlyMap<string, string>
  note(pointer: string, found: boolean): void
  remember(text: string, pointer: string): void
  wrap(value: unknown, pointer: string): unknown
}

/** Fields of forms and queries that are looked for by name, and what they hold. */
export function hookParams(view: Decoded): () => void {
  const original = URLSearchParams
  const { get, has, getAll, entries } = original.prototype
  const iterate = original.prototype[Symbol.iterator]
  const texts = new WeakMap<URLSearchParams, string>()
  const formOf = (params: URLSearchParams): string | undefined => {
    const text = texts.get(params) ?? params.toString()
    const pointer = view.origin.get(text) ?? view.origin.get(`?${text}`)
    return pointer === undefined ? undefined : `${pointer}#form/`
  }
  const note = (params: URLSearchParams, name: string) => {
    const form = formOf(params)
    if (form !== undefined) view.note(form + escapeToken(String(name)), Reflect.apply(has, params, [name]) as boolean)
    return form
  }
  // What a field holds may be looked into: JSON, base64.
  const read = <T extends string | null>(form: string | undefined, name: string, value: T): T => {
    if (form !== undefined && value !== null) view.remember(value, form + escapeToken(String(name)))
    return value
  }
  function* pairs(this: URLSearchParams): Generator<[string, string], undefined, unknown> {
    const form = formOf(this)
    const all = Reflect.apply(entries, this, []) as Iterable<[string, string]>
    for (const [name, value] of all) yield [name, read(form, name, value)]
  }
  URLSearchParams.prototype.entries = pairs
  URLSearchParams.prototype[Symbol.iterator] = pairs
  URLSearchParams.prototype.getAll = function (name) {
    const form = note(this, name)
    return (Reflect.apply(getAll, this, [name]) as string[]).map((value) => read(form, name, value))
  }
  URLSearchParams.prototype.get = function (name) {
    return read(note(this, name), name, Reflect.apply(get, this, [name]) as string | null)
  }
  URLSearchParams.prototype.has = function (name, ...rest) {
    note(this, name)
    return Reflect.apply(has, this, [name, ...rest]) as boolean
  }
  // What is no form yet reads as one odd name: what it was made of is remembered.
  globalThis.URLSearchParams = new Proxy(original, {
    construct(target, args, newTarget) {
      const made = Reflect.construct(target, args, newTarget) as URLSearchParams
      if (typeof args[0] === 'string') texts.set(made, args[0])
      return made
    },
  })
  return () => {
    globalThis.URLSearchParams = original
    Object.assign(original.prototype, { get, has, getAll, entries, [Symbol.iterator]: iterate })
  }
}

export function hookQuerystring(view: Decoded): () => void {
  const { parse } = querystring
  querystring.parse = ((text: string, ...rest: []) => {
    const value = Reflect.apply(parse, querystring, [text, ...rest])
    const pointer = view.origin.get(text)
    return pointer === undefined ? value : view.wrap(value, `${pointer}#form`)
  }) as typeof querystring.parse
  return () => {
    querystring.parse = parse
  }
}
