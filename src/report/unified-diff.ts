import { type DiffLine, diffLines } from './diff-lines.js'

const CONTEXT = 3

/** A unified diff that `patch` takes, with three lines around each change; '' when nothing differs. */
export function unifiedDiff(name: string, before: string, after: string): string {
  const lines = diffLines(linesOf(before), linesOf(after))
  const hunks = hunksOf(lines)
  return hunks.length === 0 ? '' : `${[`--- ${name}`, `+++ ${name}`, ...hunks].join('\n')}\n`
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n')
const SIGNS = { same: ' ', removed: '-', added: '+' } as const

function hunksOf(lines: readonly DiffLine[]): string[] {
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ kind }) => kind !== 'same'))
  const hunks: string[] = []
  let [old, now] = [1, 1]
  for (let i = 0; i < lines.length; ) {
    const end = near[i] ? endOf(near, i) : i + 1
    const part = lines.slice(i, end)
    const [removed, added] = [
      part.filter(({ kind }) => kind !== 'added').length,
      part.filter(({ kind }) => kind !== 'removed').length,
    ]
    if (near[i]) hunks.push(`@@ -${old},${removed} +${now},${added} @@`, ...part.map(({ kind, text }) => SIGNS[kind] + text))
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
