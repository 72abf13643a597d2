import type { SourceLocation } from '../../model/index.js'
import { MARKED } from '../../model/sdk-marks.js'
import { seen } from '../report-effect.js'
import { framesHere } from '../stack.js'

const ownKeys = Reflect.ownKeys
const define = Object.defineProperty
const remove = Reflect.deleteProperty
const base = Object.prototype
const initial = new Set([...ownKeys(base), ...MARKED.map(({ called }) => called)])

let traps: { key: string; where: readonly SourceLocation[] | null }[] = []

/**
 * Arms `Object.prototype` for keys that only a polluting merge would set there, to learn the line.
 * An ordinary object that gets such a key must still own it, so the setter defines it.
 */
export function armPollution(text: string): void {
  if (!text.includes('__proto__') && !text.includes('prototype')) return
  // A function that froze it has nothing to be shown.
  if (!Object.isExtensible(base)) return
  for (const key of new Set(text.match(/ef[a-z2-7]{10}z/g) ?? [])) {
    const trap: (typeof traps)[number] = { key, where: null }
    traps.push(trap)
    define(base, key, {
      configurable: true,
      get: () => undefined,
      set: function polluted(this: object, value: unknown) {
        if (this === base) trap.where ??= framesHere(polluted)
        else define(this, key, { value, writable: true, enumerable: true, configurable: true })
      },
    })
  }
}

/** Reports what an invocation left on `Object.prototype`, and takes it away again. */
export function checkPollution(): void {
  if (traps.length === 0 && ownKeys(base).length === initial.size) return
  const armed = new Map(traps.map((trap) => [trap.key, trap.where]))
  traps = []
  for (const key of ownKeys(base)) {
    if (initial.has(key) || typeof key !== 'string') continue
    const where = armed.get(key)
    remove(base, key)
    if (where !== null) seen({ kind: 'global', api: 'Object.prototype', path: `Object.prototype.${key}` }, where ?? [])
  }
}
