import vm from 'node:vm'
import { carriesCanary, seen } from '../report-effect.js'

/** Name of the global that the mirrored source calls around the argument of a direct eval. */
export const EVAL_PROBE = '__eventfuzz_eval__'
/** Name of the global that stands there for an `eval` that is handed on as a value. */
const INDIRECT_EVAL = '__eventfuzz_indirect_eval__'
// biome-ignore lint/security/noGlobalEval: the function's own, under another name.
const indirectEval = eval

// Payloads only print or set a marker, so code with event data in it runs as in life: hiding the effect would hide the bug's next step.
function record(how: string, source: string): void {
  if (carriesCanary(source)) seen({ kind: 'code', api: how, how, source, answered: 'real' })
}

/** `Function`, `AsyncFunction` and the generator constructors, wherever they are reached from. */
function probeConstructor(original: FunctionConstructor, how: string): void {
  const build = (args: unknown[]) => {
    const parts = args.map(String)
    const body = parts.pop() ?? ''
    record(how, parts.length === 0 ? body : `(function anonymous(${parts.join(',')}\n) {\n${body}\n})`)
  }
  const proxy: FunctionConstructor = new Proxy(original, {
    apply: (target, self, args) => {
      build(args)
      return Reflect.apply(target, self, args)
    },
    construct: (target, args, newTarget): object => {
      build(args)
      return Reflect.construct(target, args, newTarget === proxy ? target : newTarget)
    },
  })
  Object.defineProperty(original.prototype, 'constructor', { value: proxy, writable: true, configurable: true })
  if (how === 'Function') globalThis.Function = proxy
}

function probeVm(): void {
  for (const name of ['runInThisContext', 'runInNewContext', 'runInContext', 'compileFunction'] as const) {
    const original = vm[name] as (...args: unknown[]) => unknown
    Object.assign(vm, {
      [name](...args: unknown[]) {
        record(`vm.${name}`, String(args[0]))
        return Reflect.apply(original, vm, args)
      },
    })
  }
  vm.Script = new Proxy(vm.Script, {
    construct: (target, args, newTarget) => {
      record('vm.Script', String(args[0]))
      return Reflect.construct(target, args, newTarget === vm.Script ? target : newTarget)
    },
  })
}

/** Source text that is compiled and carries event data is recorded; it runs. */
export function probeCode(): void {
  probeConstructor(Function, 'Function')
  const kinds = [async () => undefined, function* () {}, async function* () {}]
  const names = ['AsyncFunction', 'GeneratorFunction', 'AsyncGeneratorFunction']
  for (const [i, sample] of kinds.entries()) probeConstructor(sample.constructor as FunctionConstructor, names[i]!)
  probeVm()
  // Both are rewritten in the mirror; a direct one keeps the true `eval`, for it has a scope to lose.
  Object.defineProperty(globalThis, INDIRECT_EVAL, {
    value: (source: unknown) => {
      if (typeof source === 'string') record('eval', source)
      return indirectEval(source as string)
    },
  })
  Object.defineProperty(globalThis, EVAL_PROBE, {
    value: (source: unknown) => {
      if (typeof source === 'string') record('eval', source)
      return source
    },
  })
}
