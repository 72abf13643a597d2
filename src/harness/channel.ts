import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import { performance } from 'node:perf_hooks'
import { encodeFrame } from '../model/frame-codec.js'
import { CHANNEL_LOST, type HostFrame, MARK_BYTES } from '../model/frames.js'

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

const SLICE_MS = 2
const clock = performance.now.bind(performance)
let flushedAt = 0

/** Sends what was held when it is older than a moment: many short events share a write, a long one hides nothing before it. */
export function flushOld(): void {
  if (held.length > 0 && clock() - flushedAt > SLICE_MS) flush()
}

const MARK = 5
const mark = new DataView(new ArrayBuffer(MARK_BYTES))
const setNumber = DataView.prototype.setFloat64.bind(mark)
const wallClock = Date.now

/** Notes in a file of the parent which event is about to run, and since when: all that is left to read when the process dies. */
export function markStarted(n: number): void {
  setNumber(0, n)
  setNumber(8, wallClock())
  try {
    writeSync(MARK, mark, 0, MARK_BYTES, 0)
  } catch {
    exit(CHANNEL_LOST)
  }
}

export function flush(): void {
  flushedAt = clock()
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
