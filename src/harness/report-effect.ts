import type { Answered, Effect, SourceLocation } from '../model/index.js'
import { send } from './channel.js'
import { current } from './context.js'
import { withIntrinsics } from './intrinsics.js'
import { framesHere } from './stack.js'

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** What a probe says; the rest is filled in here. */
export type Seen = DistributiveOmit<Effect, 'seq' | 'location' | 'frames' | 'afterSettle' | 'answered' | 'cut'> & {
  readonly answered?: Answered
}

const CUT = 16 * 1024
const MOST = 2_000
let seq = 0

/** Sends one effect at once, blamed on the execution in whose context it happened. */
export function seen(what: Seen, frames?: readonly SourceLocation[]): void {
  withIntrinsics(() => tell(what, frames ?? framesHere(seen)))
}

function tell(what: Seen, frames: readonly SourceLocation[]): void {
  const execution = current()
  if (execution !== undefined && ++execution.effects > MOST) return
  const short = cutTexts(what)
  const effect = {
    answered: 'none',
    ...short.value,
    seq: seq++,
    location: frames[0] ?? null,
    frames,
    afterSettle: execution?.settled ?? true,
    ...(short.cut ? { cut: true } : {}),
  } as Effect
  send({ t: 'effect', n: execution?.n ?? null, by: execution === undefined ? 'none' : 'als', effect })
}

function cutTexts<T extends object>(what: T): { value: T; cut: boolean } {
  let cut = false
  const shorten = (text: string): string => {
    if (text.length <= CUT) return text
    cut = true
    return text.slice(0, CUT)
  }
  const entries = Object.entries(what).map(([key, value]) => {
    if (typeof value === 'string') return [key, shorten(value)]
    if (Array.isArray(value)) return [key, value.slice(0, 256).map((v) => (typeof v === 'string' ? shorten(v) : v))]
    return [key, value]
  })
  return { value: Object.fromEntries(entries) as T, cut }
}

const CANARY = /ef[a-z2-7]{10}z/i
const test = RegExp.prototype.test
const apply = Reflect.apply

/** True when a text may carry event data: cheap, and deaf to what a handler does to RegExp.prototype. */
export const carriesCanary = (text: unknown): boolean => typeof text === 'string' && apply(test, CANARY, [text])
