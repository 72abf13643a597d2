import type { Finding } from '../model/index.js'
import { type DiffLine, diffLines } from './diff-lines.js'
import { prettyJson } from './pretty-json.js'

/** Longer events are shown raw: nobody reads such a diff, and it would cost minutes. */
const MOST_TEXT = 256 * 1024

/** What makes the event of a finding different from a valid one, or undefined when there is nothing to compare. */
export function eventDiff({ event, validEvent }: Finding): readonly DiffLine[] | undefined {
  if (validEvent === '' || event.length > MOST_TEXT || validEvent.length > MOST_TEXT) return undefined
  const lines = prettyJson(event)
  let at = 0
  // Markers differ in every event: a line that differs in nothing else is the same, and is shown as it is in this event.
  return diffLines(prettyJson(validEvent).map(withoutMarkers), lines.map(withoutMarkers)).map((line) =>
    line.kind === 'removed' ? line : { kind: line.kind, text: lines[at++]! },
  )
}

const withoutMarkers = (line: string): string => line.replace(/ef[a-z2-7]{10}z/gi, 'ef…')
