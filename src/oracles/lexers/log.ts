import type { Region } from '../region.js'

/** Whether a region of a log begins an entry of its own. Only a line feed does: console.log writes a carriage return in its place. */
export const leavesLogLine = (log: string, { start, end }: Region): boolean => log.slice(start, end).includes('\n')
