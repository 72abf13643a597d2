import { seen } from '../report-effect.js'
import { framesHere, isCalledByUser } from '../stack.js'

/**
 * Methods that every object has and hardly any code calls: where an event that holds such a name makes the function call it, the
 * name of the method is the event's. Object.prototype.constructor stays what it is, for code compares it.
 */
const INHERITED = ['__lookupGetter__', 'propertyIsEnumerable', 'isPrototypeOf'] as const

const own = Object.getOwnPropertyDescriptor
const protoOf = Object.getPrototypeOf as (object: object) => object | null
const base = Object.prototype
/** The payloads, and their benign twins: what a bundled package calls by itself shows with both. */
const NAMES = /__lookupGette[rq]__|propertyIsEnumerab(?:le|ke)|isPrototypeO[fg]/
let armed = false

/** Watches where the text of an event holds such a name. */
export function armMethods(text: string): void {
  armed = NAMES.test(text)
}

/** Calls of the methods that are watched for are recorded; they run. */
export function probeMethods(): void {
  for (const name of INHERITED) {
    const { value, ...rest } = own(base, name)!
    const original = value as (...args: unknown[]) => unknown
    const probed = {
      [name](this: unknown, ...args: unknown[]): unknown {
        if (armed && isCalledByUser(probed[name]!))
          seen({ kind: 'method', api: `Object.prototype.${name}`, name, of: ownerOf(this) }, framesHere(probed[name]!))
        return Reflect.apply(original, this, args)
      },
    }
    Object.defineProperty(base, name, { ...rest, value: probed[name] })
  }
}

/** An instance has all methods of its class; a plain object has those that somebody put there. */
function ownerOf(self: unknown): 'class' | 'object' {
  if (typeof self !== 'object' || self === null) return 'object'
  const proto = protoOf(self)
  return proto === null || proto === base ? 'object' : 'class'
}
