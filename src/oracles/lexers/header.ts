import type { Region } from '../region.js'

/** Whether a region of a header's value ends the header; in a cookie also whether it ends the cookie's value and sets its attributes. */
export function leavesHeaderValue(name: string, value: string, { start, end }: Region): boolean {
  const ends = name.toLowerCase() === 'set-cookie' ? /[\r\n;]/ : /[\r\n]/
  return ends.test(value.slice(start, end))
}
