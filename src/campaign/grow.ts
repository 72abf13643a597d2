import { type CaseMaker, type Draft, getAt, type Json, type JsonObject, type Observation, SLOT } from '../model/index.js'
import type { Runner } from './runner.js'
import type { SourceWords } from './source-words.js'

/** Code that reads field after field ends at the first that is missing: each round shows one more. */
const ROUNDS = 24
const MOST_SUPPLIED = 32
/** So many fields are tried one by one when trying all at once showed nothing. */
const ONE_BY_ONE = 4
const OBJECT: Json = {}
const LIST: Json = [{}]

/**
 * Discovery: supplies what the function looks for and does not find, round by round, in the shape that makes it look further.
 * Runs under a view of the event that changes behaviour, so nothing seen here is ever a finding. `without`: event pointers that
 * stay as they are.
 */
export async function grow(
  runner: Runner,
  maker: CaseMaker,
  words: SourceWords,
  start: Draft,
  without: readonly string[] = [],
): Promise<Grown> {
  const tried = new Set(without)
  const carried = new Map<string, JsonObject>()
  /** Fields that were looked into in no shape, when others were missing still; those of the last round by themselves. */
  const shapeless: string[] = []
  let latest: readonly string[] = []
  let draft = start
  for (let round = 0; round < ROUNDS && !runner.stopped; round++) {
    const { missing, schemas } = await look(runner, maker, draft)
    const fresh = schemas.filter(({ at }) => !carried.has(at))
    for (const { at, schema } of fresh) carried.set(at, schema)
    // What the function checks its data against says more than what it misses.
    const fitting = fresh.reduce((fit, { at, schema }) => maker.fitted(fit, at, schema)[0] ?? fit, draft)
    if (fitting !== draft) {
      draft = fitting
      continue
    }
    const wanted = missing.filter((pointer) => !tried.has(pointer) && !isOfLibrary(pointer)).slice(0, MOST_SUPPLIED)
    for (const pointer of wanted) tried.add(pointer)
    const supplied = wanted.filter((pointer) => supplyAll(maker, draft, [pointer], SLOT) !== draft)
    draft = supplied.reduce((filled, pointer) => supplyAll(maker, filled, [pointer], hinted(words, pointer)), draft)
    const asked = supplied.length > 0 ? supplied.filter((pointer) => isOpen(maker, words, draft, pointer)) : shapeless.splice(0)
    if (supplied.length + asked.length === 0) break
    draft = await reshape(runner, maker, draft, asked)
    if (supplied.length === 0) continue
    // What was not looked into while other fields were missing may be later.
    shapeless.push(...latest)
    latest = asked.filter((pointer) => isText(maker, draft, pointer))
  }
  return { draft, others: [...carried].flatMap(([at, schema]) => maker.fitted(draft, at, schema).slice(1)) }
}

export interface Grown {
  readonly draft: Draft
  /** The same with another branch or member of a schema that the function carries. */
  readonly others: readonly Draft[]
}

const supplyAll = (maker: CaseMaker, draft: Draft, pointers: readonly string[], value: Json): Draft =>
  pointers.reduce((filled, pointer) => maker.supply(filled, pointer, value) ?? filled, draft)

/** The source does not tell its shape. */
const isOpen = (maker: CaseMaker, words: SourceWords, draft: Draft, pointer: string): boolean =>
  takesShapes(maker, draft, pointer) && !words.shapes.has(nameOf(pointer))

const isText = (maker: CaseMaker, draft: Draft, pointer: string): boolean =>
  JSON.stringify(maker.supply(draft, pointer, SLOT)?.wire) === JSON.stringify(draft.wire)

/** The sender chooses what stands there, not only its text. */
const takesShapes = (maker: CaseMaker, draft: Draft, pointer: string): boolean =>
  JSON.stringify(maker.supply(draft, pointer, OBJECT)?.wire) !== JSON.stringify(maker.supply(draft, pointer, SLOT)?.wire)

const nameOf = (pointer: string): string => pointer.split('/').at(-1) ?? ''

function hinted(words: SourceWords, pointer: string): Json {
  if (/#(?:json|form)$/.test(pointer)) return OBJECT
  const shape = words.shapes.get(nameOf(pointer))
  return shape === 'list' ? LIST : shape === 'object' ? OBJECT : SLOT
}

async function look(runner: Runner, maker: CaseMaker, draft: Draft): Promise<Pick<Observation, 'reads' | 'missing' | 'schemas'>> {
  const [trial] = await runner.tryAll(maker, [draft], { mode: 'discover' })
  const { reads, missing, schemas } = trial?.observations[0] ?? { reads: [], missing: [], schemas: [] }
  if (getAt(draft.wire, '/body/kind') !== 'json') return { reads, missing, schemas }
  return { reads: parsedBody(reads), missing: parsedBody(missing), schemas }
}

/** Middleware puts the parsed body in place of its text: what is read there are fields of the sender's JSON. */
const parsedBody = (pointers: readonly string[]): readonly string[] => [
  ...new Set(pointers.map((pointer) => pointer.replace(/^\/body\//, '/body#json/'))),
]

/** Fields whose use the source does not tell: as objects, then as lists, all at once; where that shows nothing, a few one by one. */
async function reshape(runner: Runner, maker: CaseMaker, draft: Draft, pointers: readonly string[]): Promise<Draft> {
  let shaped = draft
  let open = pointers
  for (const shape of [OBJECT, LIST]) {
    if (open.length === 0) return shaped
    const deeper = await deeperWith(runner, maker, shaped, open, shape)
    shaped = supplyAll(maker, shaped, deeper, shape)
    open = open.filter((pointer) => !deeper.includes(pointer))
  }
  if (open.length === pointers.length && open.length > 1) {
    for (const pointer of open.slice(0, ONE_BY_ONE)) shaped = await reshape(runner, maker, shaped, [pointer])
  }
  return shaped
}

/** `/replace`: a method that texts have was looked for, so a text is what is meant. */
const isOfText = (rest: string): boolean => rest.lastIndexOf('/') === 0 && Object.hasOwn(String.prototype, rest.slice(1))

/** What MongoDB's drivers (`$__`, `$ne`) and the AWS SDK look for in any value that is no text; a text is what is meant. */
const isOfDriver = (name: string): boolean => name.startsWith('$') || OF_DRIVERS.has(name)
const OF_DRIVERS = new Set(['wrapperName', '_bsontype', 'toBSON', 'toJSON', 'then'])

/** What is looked for below itself without end is looked for by code that walks through anything. */
function isOfLibrary(pointer: string): boolean {
  const [name = '', above] = pointer.split('/').reverse()
  return isOfDriver(name) || name === above
}

/** Those of the pointers below which the function looks when they hold `shape`. */
async function deeperWith(
  runner: Runner,
  maker: CaseMaker,
  draft: Draft,
  pointers: readonly string[],
  shape: Json,
): Promise<readonly string[]> {
  const { reads, missing } = await look(runner, maker, supplyAll(maker, draft, pointers, shape))
  return pointers.filter((pointer) => {
    const below = [...reads, ...missing].filter((one) => one.startsWith(`${pointer}/`)).map((one) => one.slice(pointer.length))
    if (below.some((rest) => isOfDriver(rest.slice(1)))) return false
    return below.some((rest) =>
      Array.isArray(shape) ? /^\/0\/./.test(rest) : !/^\/(?:\d+|length)$/.test(rest) && !isOfText(rest),
    )
  })
}
