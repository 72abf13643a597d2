import type { Effect, EffectOf, Injection, PlantedCanary, Trial } from '../model/index.js'

/** Where a payload's HEAD..TAIL stands in a sink's text; `end` is exclusive. */
export interface Region {
  readonly start: number
  readonly end: number
}

/**
 * Every region of a text, for a value may be used several times in it. A region ends with its tail marker, or with its own
 * head where the tail was cut off: a tail behind the next head belongs to that one.
 */
export function regionsIn(text: string, head: string, tail: string): Region[] {
  // Not toLowerCase(): it makes some letters longer and so moves every offset behind them.
  const marks = [...text.matchAll(new RegExp(`(${head})|${tail}`, 'gi'))]
  return marks.flatMap((mark, i) => {
    if (mark[1] === undefined) return []
    const next = marks[i + 1]
    const last = next === undefined || next[1] !== undefined ? mark : next
    return [{ start: mark.index, end: last.index + last[0].length }]
  })
}

/** Regions that hold the payload itself: where the function has split it up, what stands between the markers is the function's own. */
export const regionsOf = (text: string, { head, tail, text: payload }: Injection): Region[] =>
  regionsIn(text, head, tail).filter(
    ({ start, end }) => payload === undefined || isOwn(text.slice(start + head.length, end - tail.length), payload),
  )

const SIGNS = ["'", '"', '`', '<']

function isOwn(region: string, payload: string): boolean {
  return [payload, decoded(payload)].some(
    (own) =>
      SIGNS.every((sign) => !region.includes(sign) || own.includes(sign)) && isWithin(own.toLowerCase(), region.toLowerCase()),
  )
}

const PLAIN = /^[^'"`<>\\&]?$/

/**
 * Every sign of the one comes in the other, in order. Escapes may stand beside signs that need them; a quote or a bracket between
 * plain letters and blanks is the function's: it has split the value and wrapped the parts.
 */
function isWithin(own: string, region: string): boolean {
  let at = 0
  let before = ''
  for (const sign of own) {
    const next = /\s/.test(sign) ? nextBlank(region, at) : region.indexOf(sign, at)
    if (next === -1 && /\s/.test(sign)) continue
    if (next === -1) return false
    const between = region.slice(at, next)
    if (PLAIN.test(before) && PLAIN.test(sign) && SIGNS.some((one) => between.includes(one))) return false
    at = next + 1
    before = sign
  }
  return true
}

function nextBlank(text: string, from: number): number {
  const at = text.slice(from).search(/\s/)
  return at === -1 ? -1 : from + at
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The planted canary that a hostile case's payload stands at. */
export function guilty(trial: Trial): PlantedCanary | null {
  const { injection, canaries } = trial.case
  if (injection === null) return null
  return canaries.find(({ canary }) => canary === injection.head) ?? { canary: injection.head, point: injection.point }
}

/** Effects of one kind over all steps. */
export function* effectsOf<K extends Effect['kind']>(trial: Trial, kind: K): Generator<EffectOf<K>> {
  for (const { effects } of trial.observations) {
    for (const effect of effects) if (effect.kind === kind) yield effect as EffectOf<K>
  }
}

/** Sink and anchor of an effect: its kind, api and in-app frames. */
export const sinkOf = (effect: Effect) => ({
  kind: effect.kind,
  api: effect.api,
  location: effect.location,
  frames: effect.frames,
})

export const anchorOf = (effect: Effect): string => `${effect.kind}:${effect.api}`

/** The decisive text around a region, for people. */
export function excerpt(text: string, { start, end }: Region): string {
  const from = Math.max(0, start - 60)
  const to = Math.min(text.length, end + 60)
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`
}
