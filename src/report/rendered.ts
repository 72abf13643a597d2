import type { Report, Reporter } from '../model/index.js'

/** Bytes of text that are handed on together. */
const PART = 1 << 20

/** Hands on what a reporter renders, in parts where it can: a report may be larger than what should stand in memory at once. */
export function writeRendered(reporter: Reporter, report: Report, write: (text: string) => void): void {
  if (reporter.parts === undefined) {
    write(reporter.render(report))
    return
  }
  let waiting = ''
  for (const part of reporter.parts(report)) {
    waiting += part
    if (waiting.length < PART) continue
    write(waiting)
    waiting = ''
  }
  if (waiting !== '') write(waiting)
}
