/** What instrumented code calls, telling nothing. */
export const SHIM = `
globalThis.__eventfuzz_compare__ = (op, a, b) => ({
  '===': () => a === b, '!==': () => a !== b, '==': () => a == b, '!=': () => a != b,
  '<': () => a < b, '>': () => a > b, '<=': () => a <= b, '>=': () => a >= b, in: () => a in b })[op]()
globalThis.__eventfuzz_switch__ = (value) => value
globalThis.__eventfuzz_key__ = (table, key) => key
globalThis.__eventfuzz_typeof__ = (is) => is
globalThis.__eventfuzz_call__ = (owner, name, args) => (name === undefined ? owner(...args) : owner[name](...args))
`
