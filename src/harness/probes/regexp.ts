import { carriesCanary, seen } from '../report-effect.js'

/** Patterns that are compiled from a text with event data in it are recorded; they run. */
export function probeRegExp(): void {
  const original = RegExp
  const record = ([pattern]: readonly unknown[]) => {
    if (carriesCanary(pattern)) seen({ kind: 'regexp', api: 'RegExp', source: pattern as string, input: '', answered: 'real' })
  }
  const proxy: RegExpConstructor = new Proxy(original, {
    apply: (target, self, args) => {
      // ECMA-262: called as a function, it gives a pattern of its own back.
      if (args[1] === undefined && args[0] instanceof original && args[0].constructor === proxy) return args[0]
      record(args)
      return Reflect.apply(target, self, args) as RegExp
    },
    construct: (target, args, newTarget): object => {
      record(args)
      return Reflect.construct(target, args, newTarget === proxy ? target : newTarget)
    },
  })
  Object.defineProperty(original.prototype, 'constructor', { value: proxy, writable: true, configurable: true })
  globalThis.RegExp = proxy
}
