import {
  type ProjectFunction,
  type ProjectTrigger,
  SOURCE_IDS,
  type SourceId,
  type Target,
  type Trigger,
} from '../model/index.js'
import { handlerFile } from './handler-file.js'

const DEFAULT_RUNTIME = 'nodejs22.x'

/** Why no target was made of a function; `missed` where one should have been, were the project complete. */
export interface Untestable {
  readonly why: string
  readonly missed?: true
}

/** A function of a template as something to fuzz, or why it cannot be fuzzed. `asked`: sources that the user names instead of the template. */
export function targetOf(fn: ProjectFunction, root: string, asked: readonly SourceId[] = []): Target | Untestable {
  if (fn.runtime !== null && !/^nodejs\d\d\.x$/.test(fn.runtime)) return { why: `its runtime ${fn.runtime} is not supported yet` }
  const sources = asked.length > 0 ? asked : sourcesOf(fn.triggers)
  if (sources.length === 0) return { why: whyNoEvents(fn.triggers) }
  const found = handlerFile(fn, root)
  if ('why' in found) return fn.inline === null ? { ...found, missed: true } : found
  return {
    id: fn.id,
    file: found.file,
    export: found.export,
    root: found.root,
    runtime: fn.runtime ?? DEFAULT_RUNTIME,
    sources,
    triggers: Object.fromEntries(sources.map((source) => [source, merged(fn.triggers.filter(({ kind }) => kind === source))])),
    environment: fn.environment,
    timeoutMs: fn.timeoutMs ?? 3_000,
    memoryMb: fn.memoryMb ?? 128,
    role: fn.role === null ? null : { name: fn.role.name, policies: fn.role.policies, managed: fn.role.managed },
    fixtures: [],
    ...(fn.layers.length === 0 ? {} : { layers: fn.layers }),
  }
}

const sourcesOf = (triggers: readonly ProjectTrigger[]): readonly SourceId[] =>
  SOURCE_IDS.filter((id) => triggers.some(({ kind }) => kind === id))

function whyNoEvents(triggers: readonly ProjectTrigger[]): string {
  const kinds = [...new Set(triggers.map(({ kind }) => kind))].filter((kind) => kind !== 'direct')
  return kinds.length === 0
    ? 'nothing in the template triggers it: only whoever may call lambda:InvokeFunction reaches it'
    : `events of ${kinds.join(', ')} cannot be made yet`
}

/** Several triggers of one kind are one source: their routes and filters together. */
function merged(triggers: readonly ProjectTrigger[]): Trigger {
  const all = triggers.map(({ trigger }) => trigger)
  const first = all[0] ?? {}
  if (all.length < 2) return first
  const routes = all.flatMap((one) => one.routes ?? [])
  // One queue without a filter takes everything.
  const filtered = all.every(({ filters }) => filters !== undefined && filters.length > 0)
  const { filters: _filters, keyPrefix: _prefix, keySuffix: _suffix, s3Events: _events, ...rest } = first
  return {
    ...rest,
    ...(routes.length === 0 ? {} : { routes: [...new Set(routes)] }),
    ...(filtered ? { filters: all.flatMap((one) => one.filters ?? []) } : {}),
    ...(all.some(({ validators }) => validators !== undefined)
      ? { validators: Object.assign({}, ...all.map(({ validators }) => validators)) as NonNullable<Trigger['validators']> }
      : {}),
    ...same(all, 'keyPrefix'),
    ...same(all, 'keySuffix'),
    ...(all.every(({ s3Events }) => s3Events !== undefined) ? { s3Events: all.flatMap((one) => one.s3Events ?? []) } : {}),
  }
}

/** A setting that all triggers share; one that differs lets everything through. */
const same = <K extends 'keyPrefix' | 'keySuffix'>(all: readonly Trigger[], key: K): Pick<Trigger, K> | object =>
  all.every((one) => one[key] === all[0]?.[key]) && all[0]?.[key] !== undefined ? { [key]: all[0][key] } : {}
