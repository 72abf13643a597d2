import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import { encodeFrame } from '../model/frame-codec.js'
import { CHANNEL_LOST, type HostFrame } from '../model/frames.js'

// Captured before the function's code loads: it may replace any of these.
const writeSync = fs.writeSync
const OUT = 4
const exit = (process as unknown as { reallyExit(code: number): never }).reallyExit.bind(process)

const concat = Buffer.concat.bind(Buffer)
let held: Buffer = Buffer.alloc(0)

/** Writes a frame at once: asynchronous writes are lost when the handler spins or exits. */
export function send(frame: HostFrame): void {
  const bytes = held.length === 0 ? encodeFrame(frame) : concat([held, encodeFrame(frame)])
  held = Buffer.alloc(0)
  write(bytes)
}

/** Keeps a frame for the next `send` or `flush`, which is sure to come: one system call less for each event. */
export function hold(frame: HostFrame): void {
  held = held.length === 0 ? encodeFrame(frame) : concat([held, encodeFrame(frame)])
}

export function flush(): void {
  if (held.length === 0) return
  const bytes = held
  held = Buffer.alloc(0)
  write(bytes)
}

function write(bytes: Buffer): void {
  let sent = 0
  while (sent < bytes.length) {
    try {
      sent += writeSync(OUT, bytes, sent)
    } catch (error) {
      // The function closed the channel: nothing can be told any more, and the parent has to know why.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') exit(CHANNEL_LOST)
    }
  }
}
