import { readSync } from 'node:fs'
import { MARK_BYTES } from '../model/index.js'

/** The event that a process noted last; undefined before the first. */
export function readMark(fd: number): { readonly n: number; readonly since: number } | undefined {
  const bytes = Buffer.alloc(MARK_BYTES)
  if (readSync(fd, bytes, 0, MARK_BYTES, 0) < MARK_BYTES) return undefined
  return { n: bytes.readDoubleBE(0), since: bytes.readDoubleBE(8) }
}
