import { existsSync } from 'node:fs'
import type { Invoker, Opened, Target } from '../../model/index.js'
import type { Gate } from './gate.js'
import type { Journal } from './journal.js'
import { type Line, LiveSession } from './live-session.js'

/** Runs cases where the functions really are: `lineOf` knows the way to each, `local` runs those whose code is here too. */
export const liveInvoker = (
  lineOf: (target: Target) => Line | undefined,
  gate: Gate,
  journal: Journal,
  local: Invoker | undefined,
): Invoker => ({
  id: 'live',
  sandbox: { level: 'none', layers: ['really run, where it is deployed'] },
  async open(target): Promise<Opened> {
    const line = lineOf(target)
    if (line === undefined) return { kind: 'not-loaded', type: 'Live', reason: 'nothing says where it runs' }
    const opened = existsSync(target.file) ? await local?.open(target) : undefined
    const explorer = opened?.kind === 'open' ? opened.session : undefined
    return { kind: 'open', session: new LiveSession(target, line, gate, journal, explorer) }
  },
  async [Symbol.asyncDispose]() {
    await local?.[Symbol.asyncDispose]()
    gate[Symbol.dispose]()
    journal[Symbol.dispose]()
  },
})
