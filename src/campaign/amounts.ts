import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { type CaseMaker, type Draft, getAt, type InsertionPoint, type Json, SLOT } from '../model/index.js'
import type { Grown } from './growth.js'
import type { Runner } from './runner.js'
import type { Variant } from './variant.js'

/** Begin the labels of drafts whose cases are a series of growing amounts. */
const NUMBERS = 'grows: number at '
const PACKED = 'grows: packed bytes at '
const MOST_VARIANTS = 4
const MOST_POINTS = 16
const MIB = 2 ** 20

/** Bytes that a look unpacks to. */
const UNPACKED = 48 * MIB
/** More memory than before by this is a lead; this much the largest of a series is to take. */
const LEAD_BYTES = 12 * MIB
const WANTED_BYTES = 96 * MIB
const LEAD_CALLS = 40
const LEAD_BATCHES = 4
const MANY = 64

const PACKERS = { gzip: gzipSync, deflate: deflateSync, 'deflate-raw': deflateRawSync, brotli: quickly }
function quickly(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })
}
const CALLS = { gzip: 'gzipSync', deflate: 'deflateSync', 'deflate-raw': 'deflateRawSync', brotli: 'brotliCompressSync' }
type Format = keyof typeof PACKERS
const FORMATS = Object.keys(PACKERS) as readonly Format[]

/** An amount that a field asks for: a number, or zeros that so many bytes are packed from. */
interface Amount {
  readonly format: Format | undefined
  readonly size: number
}

/**
 * What is tried first, all fields at once: enough to be seen, too little to end a process. In groups: what makes calls for each of 64
 * is not asked for millions.
 */
const LOOKS: readonly (readonly Amount[])[] = [
  [1, MANY].map(numberOf),
  [2 ** 16, 2 ** 20, 2 ** 25].map(numberOf),
  FORMATS.map((format) => ({ format, size: UNPACKED })),
]

function numberOf(size: number): Amount {
  return { format: undefined, size }
}

/** Sends large numbers and small packed documents; where one costs memory or calls, the same in four sizes. */
export async function* amounts(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Grown> {
  const whole = withPacked(maker)
  const done = new Set<string>()
  for (const { draft, points } of telling(maker, variants)) {
    for (const group of LOOKS) {
      const open = points.filter(({ wire }) => !done.has(wire))
      const seen = open.length === 0 ? [] : await leads(runner, whole, draft, open, group)
      for (const point of seen.length === 0 ? [] : open) {
        // What others have taken would hide what this field takes.
        await runner.session.renew()
        const [lead] = await leads(runner, whole, draft, [point], group)
        if (lead === undefined || runner.stopped) continue
        done.add(point.wire)
        const grown = await series(runner, whole, draft, point, lead)
        if (grown !== undefined) yield grown
      }
    }
  }
}

/** Variants that have fields which no later one has: later ones got further. */
function telling(maker: CaseMaker, variants: readonly Variant[]) {
  const known = new Set<string>()
  const chosen: { readonly draft: Draft; readonly points: readonly InsertionPoint[] }[] = []
  for (const { draft } of [...variants].reverse()) {
    const points = freePoints(maker, draft)
    if (points.every(({ wire }) => known.has(wire))) continue
    for (const { wire } of points) known.add(wire)
    chosen.push({ draft, points })
  }
  return chosen.slice(0, MOST_VARIANTS)
}

/** With which amount a series is to end, for each that costs memory or calls when these fields ask for it. */
async function leads(
  runner: Runner,
  maker: CaseMaker,
  draft: Draft,
  points: readonly InsertionPoint[],
  tried: readonly Amount[],
): Promise<readonly Amount[]> {
  const [honest, ...trials] = await runner.tryAll(maker, [draft, ...tried.map((one) => withAmount(maker, draft, points, one))])
  if (honest === undefined || trials.length < tried.length) return []
  let peak = honest.observations.at(-1)!.rssBytes
  let fewest = Number.POSITIVE_INFINITY
  return tried.flatMap((amount, i) => {
    const { aws, rssBytes, outcome } = trials[i]!.observations.at(-1)!
    const more = rssBytes - peak
    peak = Math.max(peak, rssBytes)
    fewest = Math.min(fewest, aws.length)
    if (outcome.kind === 'crashed') return []
    if (aws.length >= fewest + LEAD_CALLS) return [amount]
    // A call for each ten of them, as batches are.
    if (amount.size === MANY && aws.length >= fewest + LEAD_BATCHES) return [{ ...amount, size: 10 * MANY }]
    return more < LEAD_BYTES ? [] : [{ ...amount, size: Math.round(amount.size * Math.min(8, WANTED_BYTES / more)) }]
  })
}

/** Fields whose content is the sender's: not what the function compared with something. */
const freePoints = (maker: CaseMaker, draft: Draft): readonly InsertionPoint[] =>
  maker
    .points(draft)
    .map((point) => (isWhole(point) ? { ...point, kind: 'leaf' as const } : point))
    .filter((point) => {
      const { kind, wire, encodings } = point
      if (isWhole(point)) return true
      if (kind !== 'leaf' || !/json-string|url-query|base64|form/.test(encodings.join())) return false
      const value = getAt(draft.wire, wire)
      return typeof value === 'number' || (typeof value === 'string' && (value.includes(SLOT) || /^\d+$/.test(value)))
    })
    .slice(0, MOST_POINTS)

/** A document in base64, in whose place packed bytes may be meant: what a stream carries. */
const isWhole = ({ encodings }: InsertionPoint): boolean => encodings.slice(-2).join() === 'base64,json-string'

function withAmount(maker: CaseMaker, draft: Draft, points: readonly InsertionPoint[], { format, size }: Amount): Draft {
  const valueFor = ({ encodings }: InsertionPoint): Json =>
    format !== undefined ? `${packedName(format, size)}` : encodings.at(-1) === 'json-string' ? size : String(size)
  return points
    .filter((point) => format !== undefined || !isWhole(point))
    .reduce((filled, point) => maker.withValue(filled, point, valueFor(point)), draft)
}

/** The same event in four sizes, each four times the one before, after one that asks for next to nothing. */
async function series(
  runner: Runner,
  maker: CaseMaker,
  draft: Draft,
  point: InsertionPoint,
  largest: Amount,
): Promise<Grown | undefined> {
  const sizes = [1, ...[64, 16, 4, 1].map((part) => Math.max(1, Math.round(largest.size / part)))]
  const label = `${largest.format === undefined ? NUMBERS : PACKED}${point.wire}`
  const inSizes: CaseMaker = {
    ...maker,
    render(one, number) {
      if (one.labels[0] !== label || getAt(one.wire, point.wire) === undefined) return maker.render(one, number)
      const cases = sizes.map((size) => maker.render(withAmount(maker, one, [point], { ...largest, size }), number))
      const last = cases.at(-1)
      const steps = cases.flatMap((made) => made?.steps ?? [])
      return last === undefined || steps.length < sizes.length ? undefined : { ...last, draft: one, steps }
    },
  }
  // What a look has left behind would hide what the series takes.
  await runner.session.renew()
  const grown: Draft = { ...withAmount(maker, draft, [point], largest), stage: 'sequence', base: draft, labels: [label] }
  const [trial] = await runner.tryAll(inSizes, [grown], { full: true })
  return trial === undefined ? undefined : { maker: inSizes, trial, accepted: [draft] }
}

/** Stands for the bytes in a draft: they are no text, and would make every draft as large as they are. */
const packedName = (format: Format, size: number): string => `packed.${format}.${size}.`
const NAME = /packed\.(gzip|deflate|deflate-raw|brotli)\.(\d+)\./g
/** Bare, and as a JSON text. */
const BEGINNINGS = ['packed.', '"packed.'].map((text) => Buffer.from(text).toString('base64').slice(0, 8))
const NAME_IN_BASE64 = new RegExp(`(?:${BEGINNINGS.join('|')})[A-Za-z0-9+/=]+`, 'g')

/** A maker whose events hold the packed bytes in base64 where its drafts hold their name, bare or in base64. */
function withPacked(maker: CaseMaker): CaseMaker {
  return {
    ...maker,
    render(draft, number) {
      const made = maker.render(draft, number)
      return made && { ...made, steps: made.steps.map((step) => ({ ...step, text: unnamed(step.text) })) }
    },
    recipe: (made) => maker.recipe(made).map(packedLine),
  }
}

const unnamed = (text: string): string =>
  text
    .replace(NAME_IN_BASE64, (coded) => {
      const name = Buffer.from(coded, 'base64').toString('utf8').replace(/^"|"$/g, '')
      const bare = name.replace(NAME, (_name, format: Format, size: string) => packed(format, Number(size)))
      return bare === name ? coded : bare
    })
    .replace(NAME, (_name, format: Format, size: string) => packed(format, Number(size)))

const known = new Map<string, string>()

function packed(format: Format, size: number): string {
  const name = packedName(format, size)
  const text = known.get(name) ?? PACKERS[format](Buffer.alloc(size)).toString('base64')
  known.set(name, text)
  return text
}

/** A command whose body is the bytes, or holds them in base64. */
function packedLine(line: string): string {
  const node = (format: Format, size: string, rest: string) =>
    `node -e "process.stdout.write(zlib.${CALLS[format]}(Buffer.alloc(${size}))${rest})"`
  return line
    .replace(
      /(octet-stream.*)--data-raw packed\.([a-z-]+)\.(\d+)\./,
      (_line, before: string, format: Format, size: string) => `${before}--data-binary @<(${node(format, size, '')})`,
    )
    .replace(
      /(aws .*--data) '"packed\.([a-z-]+)\.(\d+)\."'/,
      (_line, before: string, format: Format, size: string) => `${before} fileb://<(${node(format, size, '')})`,
    )
    .replace(NAME, (_name, format: Format, size: string) => `'"$(${node(format, size, ".toString('base64')")})"'`)
}
