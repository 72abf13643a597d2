/** What the harness uses of the language while the function runs, as it was before the function's code was loaded. */
const GUARDED: readonly (readonly [object, readonly PropertyKey[]])[] = [
  [
    Object,
    [
      'entries',
      'fromEntries',
      'keys',
      'values',
      'assign',
      'hasOwn',
      'freeze',
      'defineProperty',
      'getOwnPropertyDescriptor',
      'isExtensible',
    ],
  ],
  [Array, ['isArray', 'from', 'of']],
  [
    Array.prototype,
    [
      'at',
      'concat',
      'every',
      'filter',
      'find',
      'findIndex',
      'flatMap',
      'includes',
      'indexOf',
      'join',
      'map',
      'pop',
      'push',
      'reduce',
      'shift',
      'slice',
      'some',
      'sort',
      'splice',
      'unshift',
      Symbol.iterator,
    ],
  ],
  [
    String.prototype,
    [
      'at',
      'charCodeAt',
      'endsWith',
      'includes',
      'indexOf',
      'lastIndexOf',
      'match',
      'matchAll',
      'padEnd',
      'padStart',
      'replace',
      'replaceAll',
      'search',
      'slice',
      'split',
      'startsWith',
      'toLowerCase',
      'toUpperCase',
      'trim',
      Symbol.iterator,
    ],
  ],
  [RegExp.prototype, ['exec', 'test', Symbol.match, Symbol.matchAll, Symbol.replace, Symbol.search, Symbol.split]],
  [Map.prototype, ['get', 'set', 'has', 'delete', 'entries', 'values', 'keys', Symbol.iterator]],
  [Set.prototype, ['add', 'has', 'delete', 'values', Symbol.iterator]],
  [WeakMap.prototype, ['get', 'set', 'has']],
  [Number.prototype, ['toString']],
  [Promise.prototype, ['then', 'catch', 'finally']],
  [Promise, ['resolve', 'all']],
  [Function.prototype, ['call', 'apply', 'bind']],
  [Reflect, ['apply', 'construct', 'ownKeys', 'get', 'set', 'deleteProperty', 'defineProperty']],
  [JSON, ['parse', 'stringify']],
  [Buffer, ['from', 'concat', 'alloc', 'allocUnsafe', 'byteLength', 'isBuffer']],
  [Buffer.prototype, ['copy', 'subarray', 'toString', 'writeUInt32BE', 'readUInt32BE']],
  [Math, ['max', 'min', 'round', 'floor']],
  [URL, ['canParse']],
]

interface Slot {
  readonly owner: object
  readonly key: PropertyKey
  readonly original: PropertyDescriptor
  readonly value: unknown
}

const descriptorOf = Object.getOwnPropertyDescriptor
const define = Object.defineProperty
const slots: Slot[] = []
for (const [owner, keys] of GUARDED) {
  for (const key of keys) {
    const original = descriptorOf(owner, key)
    if (original !== undefined) slots.push({ owner, key, original, value: original.value })
  }
}
const COUNT = slots.length

/**
 * Runs our own code with the language as it was, whatever the function made of it, and gives the function its own version back.
 * Costs a comparison per guarded name while nothing was replaced. What a function froze stays as it is: it froze the original, or
 * itself has to live with what it put there.
 */
export function withIntrinsics<T>(work: () => T): T {
  if (isIntact()) return work()
  let changed: { slot: Slot; theirs: PropertyDescriptor | undefined }[] | undefined
  for (let i = 0; i < COUNT; i++) {
    const slot = slots[i]!
    const theirs = descriptorOf(slot.owner, slot.key)
    if (theirs !== undefined && theirs.value === slot.value) continue
    changed ??= []
    changed[changed.length] = { slot, theirs }
  }
  if (changed === undefined) return work()
  for (let i = 0; i < changed.length; i++) put(changed[i]!.slot, changed[i]!.slot.original)
  try {
    return work()
  } finally {
    for (let i = 0; i < changed.length; i++) {
      const { slot, theirs } = changed[i]!
      if (theirs === undefined) delete (slot.owner as Record<PropertyKey, unknown>)[slot.key]
      else put(slot, theirs)
    }
  }
}

/** Reads only: a descriptor for each would cost more than an event does. */
function isIntact(): boolean {
  try {
    for (let i = 0; i < COUNT; i++) {
      const { owner, key, value } = slots[i]!
      if ((owner as Record<PropertyKey, unknown>)[key] !== value) return false
    }
    return true
  } catch {
    return false // A getter of theirs.
  }
}

function put({ owner, key }: Slot, descriptor: PropertyDescriptor): void {
  try {
    define(owner, key, descriptor)
  } catch {
    // Frozen: see above.
  }
}
