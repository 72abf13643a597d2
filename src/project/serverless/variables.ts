import path from 'node:path'
import type { Json } from '../../model/index.js'
import { unknownValue } from '../unknown-value.js'
import { addressed } from './addresses.js'
import { below, type Key, type Place, type SourceFiles } from './source-file.js'
import { addressOf, literalOf, partsOf, type Variable } from './variable-text.js'

/** A value without variables, and what could not be found out about it. */
export interface Resolved {
  readonly value: Json
  readonly unresolved: readonly string[]
}

export interface Settings {
  readonly parameters: Readonly<Record<string, string>>
  readonly files: SourceFiles
  /** The file with the service. */
  readonly main: Place
}

/** What an address leads to; `undefined` where there is nothing, so that a fallback may stand in. */
export type Outcome = { readonly value: Json; readonly place: Place } | { readonly why: string } | undefined

// A service of a thousand functions stays far below; variables that double each other reach it at once.
const MOST_STEPS = 400_000
const LONGEST_TEXT = 1024 * 1024
const DEEPEST = 200

/** A service whose variables make more of it than can be read. */
export class TooMuch extends Error {}

/** Replaces `${...}`: one for a service, so that what is found once is known by its place. */
export class Variables {
  readonly settings: Settings
  private readonly places = new WeakMap<object, Place>()
  private steps = 0

  constructor(settings: Settings) {
    this.settings = settings
  }

  /** Where an object or a list that `all` gave comes from: perhaps another file. */
  placeOf(value: Json | undefined): Place | undefined {
    return typeof value === 'object' && value !== null ? this.places.get(value) : undefined
  }

  /** A value with all that is in it. */
  all(value: Json, place: Place): Resolved {
    const visit = new Visit(this)
    return { value: visit.deep(value, place), unresolved: [...visit.notes] }
  }

  /** The value at some keys, variables followed on the way and at the end, but not in what it holds. */
  at(place: Place, keys: readonly Key[], value?: Json): Outcome {
    const visit = new Visit(this)
    return visit.follow(visit.walk(place, keys, value))
  }

  keep(value: object, place: Place): void {
    this.places.set(value, place)
  }

  step(): void {
    if (++this.steps > MOST_STEPS) throw new TooMuch('its variables make it too large to read')
  }
}

/** One look at a part of the service: what is being followed (to see circles) and what was not found. */
export class Visit {
  readonly notes = new Set<string>()
  private readonly following: Set<string>
  private readonly variables: Variables

  constructor(variables: Variables, following = new Set<string>()) {
    this.variables = variables
    this.following = following
  }

  deep(value: Json, place: Place): Json {
    this.variables.step()
    if (typeof value === 'string') return withPseudo(this.text(value, place))
    if (typeof value !== 'object' || value === null) return value
    if (place.path.length > DEEPEST) throw new TooMuch('it is nested too deeply to read')
    const result = Array.isArray(value) ? this.list(value, place) : this.object(Object.entries(value), place)
    this.variables.keep(result, place)
    return result
  }

  private list(values: readonly Json[], place: Place): Json[] {
    const result: Json[] = []
    for (const [index, value] of values.entries()) result.push(this.deep(value, below(place, index)))
    return result
  }

  private object(entries: [string, Json][], place: Place): { [key: string]: Json } {
    const result: [string, Json][] = []
    for (const [key, value] of entries) result.push([key, this.deep(value, below(place, key))])
    return Object.fromEntries(result)
  }

  /** A text: the value of its one variable, or a text of several parts. */
  private text(text: string, place: Place): Json {
    const parts = partsOf(text)
    if (parts.every((part) => typeof part === 'string')) return text
    const work = () => {
      const values: Json[] = []
      for (const part of parts) values.push(typeof part === 'string' ? part : this.variable(part, place))
      return values.length === 1 ? values[0]! : joined(values)
    }
    return this.guarded(place, work, () => this.unknown(text, 'leads back to itself'))
  }

  /** Runs `work` unless it is running already, further up: then a variable leads back to itself. */
  private guarded<T>(place: Place, work: () => T, circle: () => T): T {
    const id = `${place.source.file}#${place.path.join('.')}`
    if (this.following.has(id) || this.following.size > DEEPEST) return circle()
    this.following.add(id)
    try {
      return work()
    } finally {
      this.following.delete(id)
    }
  }

  private variable(variable: Variable, place: Place): Json {
    const outcome = this.first(variable, place)
    if (outcome !== undefined && 'value' in outcome) return this.deep(outcome.value, outcome.place)
    if (variable.choices.some((choice) => literalOf(choice) === null)) return null
    return this.unknown(variable.text, outcome?.why ?? 'has no value')
  }

  /** The first of an address and its fallbacks that leads to something, with the variables still in it. */
  private first({ choices }: Variable, place: Place): Outcome {
    let why: string | undefined
    for (const choice of choices) {
      const outcome = this.choice(choice, place)
      if (outcome === undefined) continue
      if ('why' in outcome) why = outcome.why
      else if (outcome.value !== null) return outcome
    }
    const here = below(place, '(value)')
    if (choices.includes('opt:stage')) return { value: 'dev', place: here }
    if (choices.includes('opt:region')) return { value: 'us-east-1', place: here }
    return why === undefined ? undefined : { why }
  }

  /** One of the ways to a value, in the order in which they are written. */
  private choice(choice: string, place: Place): Outcome {
    this.variables.step()
    const literal = literalOf(choice)
    if (literal !== undefined) return { value: literal, place: below(place, "''") }
    const inner = this.inner(choice, place)
    if ('why' in inner) return inner
    const { value } = inner
    if (typeof value !== 'string') return value === null ? undefined : { value, place: below(place, '(value)') }
    const address = addressOf(value)
    if (address === undefined) return value === choice ? { why: 'is not understood' } : { value, place: below(place, '(value)') }
    return addressed(address, this, this.variables.settings)
  }

  /** The variables inside an address are replaced first; where one has no value, the address has none either. */
  private inner(choice: string, place: Place): { readonly value: Json } | { readonly why: string } {
    const visit = new Visit(this.variables, this.following)
    const value = visit.text(choice, below(place, `\${${choice}}`))
    const [why] = visit.notes
    return why === undefined ? { value } : { why: `has no value: ${why}` }
  }

  /** From a value to what is at some keys below it; a variable on the way is followed, without a look at the rest of what it holds. */
  walk(place: Place, keys: readonly Key[], value: Json = place.source.value): Outcome {
    let outcome: Outcome = { value, place }
    for (const key of keys) {
      outcome = this.follow(outcome)
      if (outcome === undefined || 'why' in outcome) return outcome
      const { value: found, place: here } = outcome
      if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
      outcome = { value: (found as Record<Key, Json>)[key]!, place: below(here, key) }
    }
    return 'value' in outcome! && outcome.value === null ? undefined : outcome
  }

  /** What a text that is one variable leads to; anything else is what it is. */
  follow(outcome: Outcome): Outcome {
    this.variables.step()
    if (outcome === undefined || 'why' in outcome || typeof outcome.value !== 'string') return outcome
    const [part, ...more] = partsOf(outcome.value)
    if (typeof part !== 'object' || more.length > 0) return outcome
    const { place } = outcome
    const circle: () => Outcome = () => ({ why: 'leads back to itself' })
    return this.guarded(place, () => this.follow(this.first(part, place)), circle)
  }

  private unknown(text: string, why: string): Json {
    this.notes.add(`${text} ${why}`)
    return unknownValue(`${text} ${why}`)
  }
}

const PSEUDO: Readonly<Record<string, string>> = { AccountId: '000000000000', Region: 'us-east-1', Partition: 'aws' }

/** The plugin serverless-pseudo-parameters writes `#{AWS::Region}`, also where CloudFormation has no Fn::Sub. */
const withPseudo = (value: Json): Json =>
  typeof value === 'string'
    ? value.replaceAll(/#\{AWS::(AccountId|Region|Partition)\}/g, (_, name: string) => PSEUDO[name]!)
    : value

/** The directory that the paths of a service are relative to. */
export const directoryOf = ({ main }: Settings): string => path.dirname(main.source.file)

function joined(values: readonly Json[]): Json {
  if (values.some((value) => typeof value === 'object' && value !== null)) return { 'Fn::Join': ['', values] }
  const text = values.join('')
  if (text.length > LONGEST_TEXT) throw new TooMuch('its variables make a text that is too long')
  return text
}
