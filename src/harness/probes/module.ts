import Module from 'node:module'
import { carriesCanary, seen } from '../report-effect.js'

type Load = (request: string, ...rest: unknown[]) => unknown

/** `require()` of a name that carries event data. Dynamic `import()` of one shows as the file it opens. */
export function probeModules(): void {
  const owner = Module as unknown as { _load: Load }
  const load = owner._load
  owner._load = function (this: unknown, request: string, ...rest: unknown[]) {
    if (carriesCanary(request)) seen({ kind: 'module', api: 'require', specifier: request, answered: 'real' })
    return Reflect.apply(load, this, [request, ...rest])
  }
}
