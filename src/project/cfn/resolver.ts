import type { Json, JsonObject } from '../../model/index.js'
import { copyLine } from '../yaml.js'
import { INTRINSICS } from './intrinsics.js'
import type { Stack } from './stack.js'
import { textOf } from './values.js'

/** References that lead to references: more than any template has, less than our own stack. */
const DEEPEST = 150

/** Resolves intrinsics. What cannot be known is left out of the value (undefined) and said in `notes`: never guessed. */
export class Resolver {
  readonly stack: Stack
  readonly notes: string[]

  constructor(stack: Stack, notes: string[]) {
    this.stack = stack
    this.notes = notes
  }

  value(raw: Json | undefined): Json | undefined {
    if (typeof raw === 'string') return this.dynamic(raw)
    if (typeof raw !== 'object' || raw === null) return raw
    if (this.stack.world.depth > DEEPEST) return this.unknown('References lead to too many others')
    this.stack.world.depth++
    try {
      return Array.isArray(raw) ? this.list(raw as readonly Json[]) : this.object(raw as JsonObject)
    } finally {
      this.stack.world.depth--
    }
  }

  /** The value as a text, or undefined. */
  text(raw: Json | undefined): string | undefined {
    return textOf(this.value(raw))
  }

  /** The value when all of it is known: a list or mapping with parts left out is another one. */
  whole(raw: Json | undefined): Json | undefined {
    const before = this.notes.length
    const value = this.value(raw)
    return this.notes.length > before ? undefined : value
  }

  /** Says why there is no value. */
  unknown(why: string): undefined {
    this.notes.push(why)
    return undefined
  }

  private dynamic(text: string): string | undefined {
    const found = /\{\{resolve:([a-z-]+):([^:}]*)/.exec(text)
    return found === null ? text : this.unknown(`{{resolve:${found[1]}:${found[2]}}} is read when the stack is deployed`)
  }

  private list(entries: readonly Json[]): Json {
    const known = entries.flatMap((entry) => {
      const value = this.value(entry)
      return value === undefined ? [] : [value]
    })
    return copyLine(entries, known)
  }

  private object(raw: JsonObject): Json | undefined {
    const keys = Object.keys(raw)
    const only = keys.length === 1 ? keys[0]! : undefined
    if (only !== undefined && Object.hasOwn(INTRINSICS, only)) return INTRINSICS[only]!(raw[only]!, this)
    if (only?.startsWith('Fn::')) return this.unknown(`${only} is not understood`)
    const known = Object.entries(raw).flatMap(([key, entry]) => {
      if (key === 'Fn::Transform') return this.unknown('Fn::Transform is not carried out') ?? []
      const value = this.value(entry)
      return value === undefined ? [] : [[key, value] as const]
    })
    return copyLine(raw, Object.fromEntries(known))
  }
}
