import { createHash } from 'node:crypto'
import type { Target, Verdict } from '../model/index.js'
import { callOrdinal } from './call-ordinal.js'

/**
 * One finding is one root cause: rule, target, and where in the code it happened (files, functions, n-th call), never the payload,
 * the seed or a line number.
 */
export function fingerprintOf(target: Target, verdict: Verdict): string {
  const frames = verdict.sink?.frames ?? []
  const places = frames.map((frame, i) => [frame.file, frame.fn ?? '', i === 0 ? ordinal(target.root, verdict) : 0])
  // An error is known by its own frame: who called is not the cause.
  const where = verdict.anchor.startsWith('error:') ? [] : places
  return createHash('sha256')
    .update(JSON.stringify(['v1', verdict.rule, target.id, verdict.cause ?? verdict.anchor, where]))
    .digest('hex')
}

const ordinals = new Map<string, number>()

function ordinal(root: string, verdict: Verdict): number {
  const location = verdict.sink?.location
  if (!location) return 0
  const key = `${root}\0${location.file}\0${location.line}\0${location.column}`
  if (!ordinals.has(key)) ordinals.set(key, callOrdinal(root, location))
  return ordinals.get(key) ?? 0
}
