import type { CarriedSchema } from '../model/index.js'
import { carriedSchema } from './carried/index.js'
import { isRecord, type Known } from './carried/read.js'
import { hasCanary } from './event-texts.js'
import { placeOf, placeOfText, viewAt } from './event-view.js'
import { noteTokenCheck } from './macs.js'

/** Discovery only: which schemas the function checks event data against. Instrumented code makes such calls through here. */
const MOST = 16
const found: CarriedSchema[] = []
const places = new Set<string>()

/** What was seen since this was last asked. */
export function takeSchemas(): readonly CarriedSchema[] {
  places.clear()
  return found.splice(0)
}

type Call = (...args: unknown[]) => unknown

/** `owner[name](...args)`, or `owner(...args)` without a name. */
export function calling(owner: unknown, name: string | undefined, args: readonly unknown[]): unknown {
  note(owner, args)
  noteTokenCheck(args)
  const call = name === undefined ? owner : (owner as Record<string, unknown>)[name]
  if (typeof call === 'function')
    return watched(unmarshalled(args, Reflect.apply(call, name === undefined ? undefined : owner, args)))
  // The function's own mistake, in the words that it would get without us.
  return name === undefined ? (owner as Call)(...args) : (owner as Record<string, Call>)[name]!(...args)
}

const CHECKING = ['parse', 'safeParse', 'parseAsync', 'safeParseAsync'] as const

/** What the function hands to a package that checks with it: what ajv compiled, a schema of zod. The package's calls are seen too. */
function watched(made: unknown): unknown {
  if (typeof made === 'function' && isRecord((made as unknown as Known)['schema']))
    return new Proxy(made, {
      apply(check, self, args: unknown[]) {
        note(made, args)
        return Reflect.apply(check as Call, self, args)
      },
    })
  if (isRecord(made) && (isRecord(made['_def']) || isRecord(made['_zod']))) for (const name of CHECKING) watch(made, name)
  return made
}

function watch(schema: Known, name: string): void {
  const check = schema[name]
  if (typeof check !== 'function' || Reflect.getOwnPropertyDescriptor(schema, name)?.configurable === false) return
  const value = function (this: unknown, ...args: unknown[]): unknown {
    note(schema, args)
    return Reflect.apply(check as Call, this, args)
  }
  Reflect.defineProperty(schema, name, { value, writable: true, configurable: true, enumerable: false })
}

const IMAGE = /\/dynamodb\/(?:NewImage|OldImage|Keys)$/

/** Attribute values became plain ones: what is looked for in them is looked for in the image. */
function unmarshalled(args: readonly unknown[], made: unknown): unknown {
  const image = args.map(placeOf).find((place) => place !== undefined && IMAGE.test(place))
  return image === undefined || typeof made !== 'object' || made === null ? made : viewAt(made, `${image}#ddb`)
}

/** A text of the sender's stands where an object is meant. */
const placeOfMarked = (data: unknown): string | undefined => (hasCanary(data) ? placeOfText(data) : undefined)

/** The data is an argument; its schema is another one, or what the call was made on. */
function note(owner: unknown, args: readonly unknown[]): void {
  const at = args.map(placeOf).find((place) => place !== undefined) ?? placeOfMarked(args[0])
  if (at === undefined || found.length >= MOST || places.has(at)) return
  for (const one of [owner, ...args.filter((arg) => placeOf(arg) === undefined)]) {
    const schema = carriedSchema(one)
    if (schema === undefined) continue
    places.add(at)
    found.push({ at, schema })
    return
  }
}
