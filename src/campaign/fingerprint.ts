import { createHash } from 'node:crypto'
import type { Target, Verdict } from '../model/index.js'
import { callOrdinal } from './call-ordinal.js'

/**
 * One finding is one root cause: rule, target, and where in the code it happened (files, functions, n-th call), never the payload,
 * the seed or a line number.
 */
export function fingerprintOf(target: Target, verdict: Verdict): string {
  const frames = ownFrames(verdict)
  const places = frames.map((frame, i) => [frame.file, frame.fn ?? '', i === 0 ? ordinal(target.root, verdict) : 0])
  // An error is known by its own frame: who called is not the cause.
  const where = verdict.anchor.startsWith('error:') ? [] : places
  return createHash('sha256')
    .update(JSON.stringify(['v1', verdict.rule, target.id, verdict.cause ?? verdict.anchor, where]))
    .digest('hex')
}

/** Frames of packages come and go: a driver that has to connect first gets to its socket another way than one that is connected. */
const ownFrames = ({ sink }: Verdict) => (sink?.frames ?? []).filter(({ file }) => !file.includes('node_modules/'))

/** Whether two verdicts may be of one cause although their fingerprints differ: where one has lost the user's frames, nobody knows. */
export const mayBeSame = (one: Verdict, other: Verdict): boolean =>
  one.rule === other.rule && one.anchor === other.anchor && (ownFrames(one).length === 0 || ownFrames(other).length === 0)

const ordinals = new Map<string, number>()

function ordinal(root: string, verdict: Verdict): number {
  const location = verdict.sink?.location
  if (!location) return 0
  const key = `${root}\0${location.file}\0${location.line}\0${location.column}`
  if (!ordinals.has(key)) ordinals.set(key, callOrdinal(root, location))
  return ordinals.get(key) ?? 0
}
