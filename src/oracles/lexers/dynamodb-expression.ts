import type { Region } from '../region.js'

/** A name or placeholder; `.` and `[` lead to another attribute and `-` subtracts, so they are operators. */
const TOKEN = /[#:]?[A-Za-z0-9_]+|<>|<=|>=|\S/g

/** Whether a region of a DynamoDB expression is more than one name: expressions have no literals, so data never belongs into their text. */
export function leavesExpressionToken(expression: string, region: Region): boolean {
  for (const match of expression.matchAll(TOKEN)) {
    const end = match.index + match[0].length
    if (end <= region.start) continue
    return !(match.index <= region.start && region.end <= end)
  }
  return false
}
