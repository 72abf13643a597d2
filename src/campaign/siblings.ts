import { type CaseMaker, type Draft, getAt, type InsertionPoint, type Json, SLOT } from '../model/index.js'

/** Fields, and what one answer set them to. */
type Choice = readonly { readonly point: InsertionPoint; readonly value: Json }[]

/** So many fields are compared as one, and so many values of them may be known. */
const MOST_FIELDS = 3
const MOST_VALUES = 24
const MOST_DRAFTS = 8
/** What request it is, is chosen elsewhere. */
const REQUEST = /^\/(?:method|route|path|kind)$/

/**
 * Values that the function compares the same fields with (`kind === 'view'`, `kind === 'ship'`). What all of them need behind the
 * comparison is learnt for the first of them; the others are then tried with all that.
 */
export class Siblings {
  readonly #groups = new Map<string, Map<string, Choice>>()

  /** Takes note of what an answer set: fields that held a marker, and hold a plain value now. */
  learn(maker: CaseMaker, before: Draft, after: Draft): void {
    const set = maker
      .points(before)
      .filter(({ kind, wire }) => kind === 'leaf' && getAt(before.wire, wire) === SLOT && isPlain(getAt(after.wire, wire)))
      .map((point) => ({ point, value: getAt(after.wire, point.wire)! }))
    if (set.length === 0 || set.length > MOST_FIELDS || set.some(({ point }) => REQUEST.test(point.wire))) return
    const name = set.map(({ point }) => point.wire).join(' ')
    const values = this.#groups.get(name) ?? new Map<string, Choice>()
    if (values.size < MOST_VALUES) values.set(textOf(set), set)
    this.#groups.set(name, values)
  }

  /** The draft with each other value, for fields that hold one of them. */
  of(maker: CaseMaker, draft: Draft): readonly Draft[] {
    const others = [...this.#groups.values()].flatMap((values) => {
      const [first] = values.values()
      const held = first!.map(({ point }) => ({ point, value: getAt(draft.wire, point.wire) ?? null }))
      return values.has(textOf(held)) ? [...values].filter(([text]) => text !== textOf(held)).map(([, choice]) => choice) : []
    })
    return others
      .slice(0, MOST_DRAFTS)
      .map((choice) => choice.reduce((made, { point, value }) => maker.withValue(made, point, value), draft))
  }
}

const isPlain = (value: Json | undefined): boolean =>
  typeof value === 'number' || (typeof value === 'string' && !value.includes(SLOT))

const textOf = (choice: Choice): string => JSON.stringify(choice.map(({ value }) => value))
