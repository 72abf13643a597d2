import type { Observation, Outcome, Trial } from '../model/index.js'

type Threw = Extract<Outcome, { kind: 'threw' }>

const NATIVE = new Set(['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError', 'URIError', 'EvalError', 'AggregateError'])

/** The deciding step: the last one. */
export const lastObservation = (trial: Trial): Observation | undefined => trial.observations.at(-1)

/** What fetch throws when a connection breaks or a redirect is refused: no mistake of the code's, though its name is TypeError. */
const OF_THE_NET = /^(?:fetch failed|terminated)$/

/**
 * What the language or Node threw, not what the function chose to throw: rejecting bad input with an error of one's own is correct.
 * An error that an AWS client made of an answer is the answer's, not the code's.
 */
export function programmingError(outcome: Outcome | undefined): Threw | undefined {
  if (outcome?.kind !== 'threw' || outcome.how === 'uncaught' || outcome.how === 'unhandled-rejection') return undefined
  if (outcome.how === 'unserialisable') return outcome
  if (outcome.name === 'TypeError' && OF_THE_NET.test(outcome.message)) return undefined
  // An assertion is a check that the function chose to make.
  const nodes = outcome.code?.startsWith('ERR_') === true && outcome.code !== 'ERR_ASSERTION'
  return NATIVE.has(outcome.name) || nodes ? outcome : undefined
}

const IN_PACKAGE = /^[^\n]*\n\s*at (?:[^\n]*\()?(?:[^\n()]*\/)?node_modules\/(?!@(?:aws-sdk\/client|smithy)\b)/

/**
 * A plain `Error` that a package threw at what it was given: no error that the function, or a validator of its choice, has a name for.
 * One with a code tells of a connection or a file.
 */
export function errorOfPackage(outcome: Outcome | undefined): Threw | undefined {
  if (outcome?.kind !== 'threw' || outcome.how !== 'handler' || outcome.name !== 'Error' || outcome.code !== null)
    return undefined
  return IN_PACKAGE.test(outcome.stack) ? outcome : undefined
}
