import { AsyncLocalStorage } from 'node:async_hooks'
import Module from 'node:module'
import type { SourceLocation } from '../../model/index.js'
import { MARKED, markSdk } from '../../model/sdk-marks.js'
import { type Captured, capture, userFrames } from '../stack.js'

interface Begun {
  readonly stack: Captured
  readonly depth: number
  frames: readonly SourceLocation[] | undefined
}

const storage = new AsyncLocalStorage<Begun>()
const getStore = storage.getStore.bind(storage)
const enter = storage.enterWith.bind(storage)

/** Notes from which line each call of an AWS SDK comes: by the time its request is written, no frame of the user's may be left. */
export function probeSdk(): void {
  for (const { called, real, depth } of MARKED) {
    const value = function (this: Record<string, (...args: unknown[]) => unknown>, ...args: unknown[]): unknown {
      enter({ stack: capture(value), depth, frames: undefined })
      return this[real]!(...args)
    }
    Object.defineProperty(Object.prototype, called, { value, configurable: true, writable: true })
  }
  const owner = Module.prototype as unknown as { _compile(code: string, file: string, ...rest: unknown[]): unknown }
  const compile = owner._compile
  // Packages are not mirrored: they are marked as they are loaded.
  owner._compile = function (code, ...rest) {
    return Reflect.apply(compile, this, [typeof code === 'string' ? (markSdk(code) ?? code) : code, ...rest])
  }
}

/** Frames of the line that began the SDK call which runs now; empty when there is none. */
export function sdkFrames(): readonly SourceLocation[] {
  const begun = getStore()
  if (begun === undefined) return []
  begun.frames ??= userFrames(begun.stack, begun.depth)
  return begun.frames
}
