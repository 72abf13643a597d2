import { type Answer, answerOf, type Sink, type Trial } from '../model/index.js'
import { lastObservation } from './thrown.js'

/** What the client of the deciding step is sent. */
export const answerIn = (trial: Trial): Answer | undefined => answerOf(trial.case.contract, lastObservation(trial)?.outcome)

/** A part of the answer as a sink: which line wrote it cannot be seen. */
export const answerSink = (api: string): Sink => ({ kind: 'response', api, location: null, frames: [] })
