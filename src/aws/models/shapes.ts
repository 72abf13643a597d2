import type { Json } from '../../model/index.js'

/** How a member is written, where that is not by its name in the body. */
export interface Traits {
  readonly json?: string
  readonly xml?: string
  readonly flat?: 1
  readonly attribute?: 1
  readonly ec2?: string
  readonly header?: string
  readonly prefix?: string
  readonly query?: string
  readonly queries?: 1
  readonly label?: 1
  readonly payload?: 1
  readonly code?: 1
  readonly eventHeader?: 1
  readonly eventPayload?: 1
  readonly stream?: 1
  readonly media?: string
  readonly time?: 'date-time' | 'http-date' | 'epoch-seconds'
  /** The value of an enum with which a function carries on. */
  readonly value?: string
}

/** A member of a structure, the item of a list, the key or value of a map. */
export interface Member {
  readonly name: string
  readonly shape: Shape
  readonly traits: Traits
}

export interface Structure {
  readonly kind: 'structure' | 'union'
  readonly name: string
  readonly members: readonly Member[]
  /** Name of the XML element, when it is a whole document. */
  readonly xml?: string
  /** A union whose members are events of a stream. */
  readonly stream: boolean
  readonly error: boolean
}

/** A type of an API. Graphs of them may have cycles. */
export type Shape =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'timestamp' | 'document' | 'unit' }
  | { readonly kind: 'blob'; readonly stream: boolean }
  | { readonly kind: 'list'; readonly item: Member }
  | { readonly kind: 'map'; readonly key: Member; readonly value: Member }
  | Structure

const SIMPLE: Readonly<Record<number, Shape>> = {
  [-1]: { kind: 'string' },
  [-2]: { kind: 'number' },
  [-3]: { kind: 'boolean' },
  [-4]: { kind: 'blob', stream: false },
  [-5]: { kind: 'timestamp' },
  [-6]: { kind: 'document' },
  [-7]: { kind: 'blob', stream: true },
  [-8]: { kind: 'unit' },
}

/** A member in the data file: `[name, shape, traits?]`; a shape is an index, below 0 a simple one. */
export type PackedMember = readonly [string, number, Traits?]
export type PackedShape =
  | readonly ['l', PackedMember]
  | readonly ['m', PackedMember, PackedMember]
  | readonly ['s' | 'u', string, readonly PackedMember[], { readonly xml?: string; readonly stream?: 1; readonly error?: 1 }?]

const NONE: Traits = {}

/** All shapes of one service, each made when it is first asked for. */
export function unpackShapes(packed: readonly PackedShape[]): (ref: number) => Shape {
  const made: (Shape | undefined)[] = []
  const member = ([name, ref, traits]: PackedMember): Member => ({
    name,
    traits: traits ?? NONE,
    // A getter, since shapes may hold themselves.
    get shape() {
      return shapeOf(ref)
    },
  })
  const make = (shape: PackedShape): Shape => {
    if (shape[0] === 'l') return { kind: 'list', item: member(shape[1]) }
    if (shape[0] === 'm') return { kind: 'map', key: member(shape[1]), value: member(shape[2]) }
    const [kind, name, members, own] = shape
    return {
      kind: kind === 'u' ? 'union' : 'structure',
      name,
      members: members.map(member),
      ...(own?.xml === undefined ? {} : { xml: own.xml }),
      stream: own?.stream === 1,
      error: own?.error === 1,
    }
  }
  const shapeOf = (ref: number): Shape => {
    made[ref] ??= SIMPLE[ref] ?? make(packed[ref]!)
    return made[ref]
  }
  return shapeOf
}

/** The members of a structure or union; of anything else none. */
export const membersOf = (shape: Shape): readonly Member[] =>
  shape.kind === 'structure' || shape.kind === 'union' ? shape.members : []

/** Sets an own property, whatever its name: `__proto__` of the wire stays data. */
export function own(into: Record<string, Json>, name: string, value: Json): void {
  if (name === '__proto__') Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true })
  else into[name] = value
}
