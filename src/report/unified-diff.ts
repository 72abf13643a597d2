import { type DiffLine, diffLines } from './diff-lines.js'

const CONTEXT = 3

/** A unified diff that `git apply` and `patch -p1` take, with three lines around each change; '' when nothing differs. */
export function unifiedDiff(name: string, before: string, after: string | null): string {
  const lines = diffLines(linesOf(before), after === null ? [] : linesOf(after))
  const hunks = hunksOf(lines, !before.endsWith('\n') && before !== '')
  const to = after === null ? '/dev/null' : `b/${name}`
  return hunks.length === 0 ? '' : `${[`--- a/${name}`, `+++ ${to}`, ...hunks].join('\n')}\n`
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n')
const SIGNS = { same: ' ', removed: '-', added: '+' } as const
const NO_BREAK = '\\ No newline at end of file'

function hunksOf(lines: readonly DiffLine[], open: boolean): string[] {
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ kind }) => kind !== 'same'))
  const ends = open
    ? [lines.findLastIndex(({ kind }) => kind !== 'added'), lines.findLastIndex(({ kind }) => kind !== 'removed')]
    : []
  const hunks: string[] = []
  let [old, now] = [1, 1]
  for (let i = 0; i < lines.length; ) {
    const end = near[i] ? endOf(near, i) : i + 1
    const part = lines.slice(i, end)
    const [removed, added] = [
      part.filter(({ kind }) => kind !== 'added').length,
      part.filter(({ kind }) => kind !== 'removed').length,
    ]
    // Nothing is before the first line of what is empty.
    const start = (first: number, count: number): number => (count === 0 ? first - 1 : first)
    const shown = part.flatMap(({ kind, text }, k) => [SIGNS[kind] + text, ...(ends.includes(i + k) ? [NO_BREAK] : [])])
    if (near[i]) hunks.push(`@@ -${start(old, removed)},${removed} +${start(now, added)},${added} @@`, ...shown)
    old += removed
    now += added
    i = end
  }
  return hunks
}

function endOf(near: readonly boolean[], start: number): number {
  const end = near.indexOf(false, start)
  return end < 0 ? near.length : end
}
