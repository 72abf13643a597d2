import { carriesCanary, seen } from '../report-effect.js'

/** Name of the global that the mirrored source uses where it makes a pattern of a text. */
const REGEXP_PROBE = '__eventfuzz_regexp__'

/**
 * Patterns that are compiled from a text with event data in it are recorded; they run. RegExp itself stays what it is: with another
 * constructor on its prototype, V8 would take the slow way for every split and replace.
 */
export function probeRegExp(): void {
  const record = ([pattern]: readonly unknown[]) => {
    if (carriesCanary(pattern)) seen({ kind: 'regexp', api: 'RegExp', source: pattern as string, input: '', answered: 'real' })
  }
  const proxy: RegExpConstructor = new Proxy(RegExp, {
    apply: (target, self, args) => {
      record(args)
      return Reflect.apply(target, self, args) as RegExp
    },
    construct: (target, args): object => {
      record(args)
      return Reflect.construct(target, args) as object
    },
  })
  Object.defineProperty(globalThis, REGEXP_PROBE, { value: proxy })
}
