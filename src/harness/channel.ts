import fs from 'node:fs'
import { encodeFrame } from '../model/frame-codec.js'
import type { HostFrame } from '../model/index.js'

// Captured before the function's code loads: it may replace any of these.
const writeSync = fs.writeSync
const OUT = 4

/** Writes a frame at once: asynchronous writes are lost when the handler spins or exits. */
export function send(frame: HostFrame): void {
  const bytes = encodeFrame(frame)
  let sent = 0
  while (sent < bytes.length) {
    try {
      sent += writeSync(OUT, bytes, sent)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}
