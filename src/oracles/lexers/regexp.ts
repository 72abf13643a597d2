import type { Region } from '../region.js'

/** Whether a region of a regular expression holds an operator: one that is neither escaped nor, being a plain sign there, in a class. */
export function leavesRegExpText(source: string, region: Region): boolean {
  let inClass = false
  for (let at = 0; at < Math.min(source.length, region.end); at++) {
    const sign = source[at]!
    if (sign === '\\') {
      at++
      // \d, \b, \1 and the like; \x2e and \u002e are one plain sign, and what RegExp.escape writes.
      if (at - 1 >= region.start && /[dDwWsSbBpPk1-9]/.test(source[at] ?? '')) return true
      continue
    }
    const active = inClass ? sign === ']' : /[.*+?^${}()|[\]]/.test(sign)
    if (active && at >= region.start) return true
    if (inClass ? sign === ']' : sign === '[') inClass = !inClass
  }
  return false
}
