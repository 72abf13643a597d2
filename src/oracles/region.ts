import type { Effect, EffectOf, PlantedCanary, Trial } from '../model/index.js'

/** Where a payload's HEAD..TAIL stands in a sink's text; `end` is exclusive. */
export interface Region {
  readonly start: number
  readonly end: number
}

/** The region from the payload's head marker to its tail marker (or the end of the head, when the tail did not come along). */
export function regionIn(text: string, head: string, tail: string): Region | undefined {
  const lower = text.toLowerCase()
  const start = lower.indexOf(head)
  if (start === -1) return undefined
  const last = lower.indexOf(tail, start)
  return { start, end: last === -1 ? start + head.length : last + tail.length }
}

/** Every region: a value may be used several times in one text. */
export function regionsIn(text: string, head: string, tail: string): Region[] {
  const found: Region[] = []
  let from = 0
  for (;;) {
    const region = regionIn(text.slice(from), head, tail)
    if (region === undefined) return found
    found.push({ start: from + region.start, end: from + region.end })
    from += region.end
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
export const sinkOf = (effect: Effect) => ({ kind: effect.kind, api: effect.api, location: effect.location, frames: effect.frames })

export const anchorOf = (effect: Effect): string => `${effect.kind}:${effect.api}`

/** The decisive text around a region, for people. */
export function excerpt(text: string, { start, end }: Region): string {
  const from = Math.max(0, start - 60)
  const to = Math.min(text.length, end + 60)
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`
}
