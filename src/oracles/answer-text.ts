import { type Answer, answerOf, type Sink, type Trial } from '../model/index.js'
import { lastObservation } from './thrown.js'

/** What the client of the deciding step is sent. */
export const answerIn = (trial: Trial): Answer | undefined => answerOf(trial.case.contract, lastObservation(trial)?.outcome)

/** A part of the answer as a sink: which line wrote it cannot be seen. */
export const answerSink = (api: string): Sink => ({ kind: 'response', api, location: null, frames: [] })

const MARKER = /ef[a-z2-7]{10}z/i

/** What stands before the first event data of a text, without what changes from call to call: tells the pages of a function apart. */
export function beginningOf(text: string): string {
  const constant = text.slice(0, Math.max(0, text.search(MARKER)))
  return constant
    .slice(-60)
    .replace(/[0-9a-f]{8}[0-9a-f-]*|\d+/gi, '#')
    .trim()
}
