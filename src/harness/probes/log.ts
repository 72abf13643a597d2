import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import { current } from '../context.js'

const KEEP = 64 * 1024
/** More output than this from one execution is a flood. */
export const FLOOD_BYTES = 16 * 1024 * 1024

/** Console and stdout text stays in the process, per execution; `flooded` is called once when one execution writes too much. */
export function probeLog(flooded: () => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = (chunk: unknown, ...rest: unknown[]): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8')
      const execution = current()
      if (execution !== undefined) {
        execution.logBytes += text.length
        if (execution.log.length < KEEP) execution.log += text.slice(0, KEEP - execution.log.length)
        if (execution.logBytes > FLOOD_BYTES) flooded()
      }
      const done = rest.find((value) => typeof value === 'function') as (() => void) | undefined
      if (done !== undefined) process.nextTick(done)
      return true
    }
    Object.defineProperty(stream, 'write', { value: write, writable: true, configurable: true })
  }
  probeDescriptors()
}

/** Writing to the descriptors is the same as writing to the streams. */
function probeDescriptors(): void {
  const original = fs.writeSync as (...args: unknown[]) => number
  const write = (fd: number, data: string | NodeJS.ArrayBufferView, ...rest: unknown[]): number => {
    if (fd !== 1 && fd !== 2) return original(fd, data, ...rest)
    const text = typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    process[fd === 1 ? 'stdout' : 'stderr'].write(text)
    return Buffer.byteLength(text)
  }
  Object.assign(fs, { writeSync: write })
}
