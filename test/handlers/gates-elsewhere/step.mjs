import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
const STEPS = { prepare: () => 'done', print: ({ printer }) => SINK(printer) }
export const handler = async ({ step, input }) => {
  if (!Object.hasOwn(STEPS, step)) throw new Error('no such step')
  if (input === null || typeof input !== 'object' || Array.isArray(input)) throw new Error('no input')
  return STEPS[step](input)
}
