import type { DiffLine } from '../diff-lines.js'
import { type Html, html } from '../html-text.js'
import { counted } from '../summary.js'
import { visible } from '../visible.js'

/** Unchanged lines kept around a change. */
const CONTEXT = 3
const MOST_LINES = 400
const MOST_WIDTH = 2000

/** A diff as lines to read, long runs of unchanged lines folded. */
export function diffBlock(lines: readonly DiffLine[]): Html {
  const near = nearChange(lines)
  const shown: Html[] = []
  let at = 0
  while (at < lines.length && shown.length < MOST_LINES) {
    if (near[at] === true) {
      const end = endOfRun(lines, at)
      shown.push(...(end === at ? [sameLine(lines[at]!)] : changedLines(lines.slice(at, end))))
      at = Math.max(end, at + 1)
    } else {
      const next = near.indexOf(true, at)
      const end = next === -1 ? lines.length : next
      shown.push(html`<span class="fold">  ⋯ ${counted(end - at, 'unchanged line')}</span>`)
      at = end
    }
  }
  const rest = at < lines.length ? html`<span class="fold">  ⋯ ${counted(lines.length - at, 'more line')}</span>` : html``
  return html`<pre tabindex="0" class="diff"><code>${shown}${rest}</code></pre>`
}

/** For each line, whether a change is at most CONTEXT lines away; folding one single line would save nothing. */
function nearChange(lines: readonly DiffLine[]): boolean[] {
  const near = new Array<boolean>(lines.length).fill(false)
  for (const [i, { kind }] of lines.entries()) {
    if (kind !== 'same') near.fill(true, Math.max(0, i - CONTEXT), i + CONTEXT + 1)
  }
  return near.map((is, i) => is || (near[i - 1] !== false && near[i + 1] !== false))
}

/** Where the run of changed lines that begins here ends. */
function endOfRun(lines: readonly DiffLine[], start: number): number {
  let end = start
  while (end < lines.length && lines[end]?.kind !== 'same') end += 1
  return end
}

const sameLine = ({ text }: DiffLine): Html => html`<span>  ${seen(text)}</span>`

/** Removed lines, then added ones; where there are as many of both, what differs within a line is marked. */
function changedLines(run: readonly DiffLine[]): readonly Html[] {
  const removed = run.filter(({ kind }) => kind === 'removed').map(({ text }) => seen(text))
  const added = run.filter(({ kind }) => kind === 'added').map(({ text }) => seen(text))
  const paired = removed.length === added.length
  return [
    ...removed.map((text, i) => html`<del>- ${paired ? markedLine(text, added[i]!) : text}</del>`),
    ...added.map((text, i) => html`<ins>+ ${paired ? markedLine(text, removed[i]!) : text}</ins>`),
  ]
}

const seen = (text: string): string => visible(text, { max: MOST_WIDTH })

function markedLine(text: string, other: string): Html {
  const most = Math.min(text.length, other.length)
  let head = 0
  while (head < most && text[head] === other[head]) head += 1
  let tail = 0
  while (tail < most - head && text[text.length - 1 - tail] === other[other.length - 1 - tail]) tail += 1
  const end = text.length - tail
  return html`${text.slice(0, head)}<mark>${text.slice(head, end)}</mark>${text.slice(end)}`
}
