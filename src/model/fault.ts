import type { Step } from './case.js'
import type { AwsFixture } from './target.js'

/** The AWS answer of a case that is a fault of ours, in whichever delivery it stands. */
export const faultIn = (steps: readonly Step[]): AwsFixture | undefined =>
  steps.flatMap(({ answers = [] }) => answers).find(({ fault }) => fault !== undefined)
