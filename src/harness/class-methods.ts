/** What an instance of a class of the function's own can be asked to do: `this[move](...)`. */
export function methodsOf(table: object): readonly string[] {
  const names: string[] = []
  for (let at = protoOf(table); isOfClass(at); at = protoOf(at)) names.push(...Object.getOwnPropertyNames(at))
  return names.filter((name) => name !== 'constructor')
}

const protoOf = (object: object): object | null => Object.getPrototypeOf(object) as object | null

/** What the language and Node bring themselves is no class of the function's. */
function isOfClass(proto: object | null): proto is object {
  const made: unknown = proto === null ? undefined : Object.getOwnPropertyDescriptor(proto, 'constructor')?.value
  return typeof made === 'function' && /^class\b/.test(Function.prototype.toString.call(made))
}
