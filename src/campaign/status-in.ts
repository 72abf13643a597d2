import { answerOf, type Trial } from '../model/index.js'

/** HTTP status of the last answer; 0 where nobody outside is answered. */
export const statusIn = ({ case: { contract }, observations }: Trial): number =>
  answerOf(contract, observations.at(-1)?.outcome)?.status ?? 0

export const isServed = (trial: Trial): boolean => statusIn(trial) >= 200 && statusIn(trial) < 300
