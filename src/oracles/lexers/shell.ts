import type { Region } from '../region.js'
import { contextOf, scanner, step } from './shell-scanner.js'

/**
 * Whether a region of a POSIX shell command is more than data in one word: an operator, a word split, an expansion or a
 * comment stands in it unquoted, or the quotes are not the same at both its ends. `'it'\''s'` is data.
 */
export function leavesShellWord(command: string, region: Region): boolean {
  const scan = scanner(command)
  let before: string | undefined
  while (scan.at < command.length) {
    if (before === undefined && scan.at >= region.start) before = contextOf(scan)
    if (scan.at >= region.end) break
    const from = scan.at
    if (step(scan) && from >= region.start && from < region.end) return true
  }
  return before !== undefined && contextOf(scan) !== before
}
