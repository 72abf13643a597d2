import { existsSync, readFileSync } from 'node:fs'
import { ConfigError } from '../../model/index.js'

/** An invocation is about to be sent. Written first, so that what was under way when the tool was killed is known. */
export interface Before {
  readonly phase: 'before'
  readonly n: number
  readonly at: string
  readonly target: string
  readonly where: string
  readonly bytes: number
  /** Of the event text, in hex: which case it was, without what it says. */
  readonly sha256: string
  /** What was set aside for it. */
  readonly worstGbSeconds: number
}

/** What became of it. */
export interface After {
  readonly phase: 'after'
  readonly n: number
  readonly at: string
  readonly became: 'answered' | 'throttled' | 'unfit' | 'lost' | 'refused'
  /** As AWS gave it; null where no answer came. */
  readonly requestId: string | null
  readonly ms: number
  readonly gbSeconds: number | null
  /** Why it was lost or refused. */
  readonly why?: string
}

export type AuditLine = Before | After

/** The lines of a file; the last one may be cut off where the tool was killed. */
export function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line, i) => {
    if (line === '') return []
    try {
      return [JSON.parse(line) as T]
    } catch {
      if (i >= lines.length - 2) return []
      throw new ConfigError(`${file} is wrong in line ${i + 1}: it is no JSON`)
    }
  })
}

/** What an earlier part of a run did, by its audit log. */
export interface Audited {
  /** Highest number. */
  readonly last: number
  readonly invocations: number
  readonly gbSeconds: number
  readonly throttled: number
  /** Begun, and nobody knows how they ended: these may run again. */
  readonly inFlight: readonly Before[]
}

export function audited(lines: readonly AuditLine[]): Audited {
  const open = new Map<number, Before>()
  let [last, invocations, gbSeconds, throttled] = [0, 0, 0, 0]
  for (const line of lines) {
    last = Math.max(last, line.n)
    if (line.phase === 'before') {
      open.set(line.n, line)
      continue
    }
    const before = open.get(line.n)
    open.delete(line.n)
    if (line.became === 'throttled') throttled++
    else if (line.became !== 'unfit') {
      invocations++
      gbSeconds += line.gbSeconds ?? before?.worstGbSeconds ?? 0
    }
  }
  const inFlight = [...open.values()]
  for (const { worstGbSeconds } of inFlight) gbSeconds += worstGbSeconds
  return { last, invocations: invocations + inFlight.length, gbSeconds, throttled, inFlight }
}
