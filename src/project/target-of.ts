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
    ...(fn.destinations.length === 0 ? {} : { destinations: fn.destinations }),
    ...(fn.layers.length === 0 ? {} : { layers: fn.layers }),
  }
}

const sourcesOf = (triggers: readonly ProjectTrigger[]): readonly SourceId[] =>
  SOURCE_IDS.filter((id) => id !== 'direct' && triggers.some(({ kind }) => kind === id))

function whyNoEvents(triggers: readonly ProjectTrigger[]): string {
  const kinds = [...new Set(triggers.map(({ kind }) => kind))].filter((kind) => kind !== 'direct')
  return kinds.length === 0
    ? 'nothing in the template triggers it: only whoever may call lambda:InvokeFunction reaches it'
    : `events of ${kinds.join(', ')} cannot be made yet`
}

const HTTP: ReadonlySet<string> = new Set<SourceId>([
  'apigw-v1',
  'apigw-v2',
  'apigw-websocket',
  'authorizer-token',
  'authorizer-request',
  'alb',
])

/** Several triggers of one kind are one source. APIs: the routes of all. Records: the first, with the filters of all where nothing else differs. */
function merged(triggers: readonly ProjectTrigger[]): Trigger {
  const all = triggers.map(({ trigger }) => trigger)
  const first = all[0] ?? {}
  if (all.length < 2) return first
  if (!HTTP.has(triggers[0]!.kind)) return differs(all) ? first : withPoolTriggers(withFilters(first, all), all)
  const { authorizer: _authorizer, binaryMediaTypes: _types, payloadFormat: _format, multiValueHeaders: _lists, ...rest } = first
  const routes = all.flatMap((one) => one.routes ?? [])
  return {
    ...rest,
    ...(routes.length === 0 ? {} : { routes: [...new Set(routes)] }),
    ...(all.some(({ validators }) => validators !== undefined)
      ? { validators: Object.assign({}, ...all.map(({ validators }) => validators)) as NonNullable<Trigger['validators']> }
      : {}),
    ...same(all, 'authorizer'),
    ...same(all, 'binaryMediaTypes'),
    ...same(all, 'payloadFormat'),
    ...same(all, 'multiValueHeaders'),
  }
}

/** True when an event of one queue, bucket or stream could not have come from another. */
const differs = (all: readonly Trigger[]): boolean => new Set(all.map(settingsOf)).size > 1

const settingsOf = ({ resource: _resource, filters: _filters, cognitoTriggers: _triggers, ...settings }: Trigger): string =>
  JSON.stringify(settings)

/** One queue without a filter takes everything. */
function withFilters(first: Trigger, all: readonly Trigger[]): Trigger {
  const { filters: _filters, ...rest } = first
  const filtered = all.every(({ filters }) => filters !== undefined && filters.length > 0)
  return filtered ? { ...rest, filters: all.flatMap((one) => one.filters ?? []) } : rest
}

/** A function may be for several triggers of a user pool. */
function withPoolTriggers(first: Trigger, all: readonly Trigger[]): Trigger {
  const named = all.flatMap(({ cognitoTriggers = [] }) => cognitoTriggers)
  return named.length === 0 ? first : { ...first, cognitoTriggers: [...new Set(named)] }
}

/** A setting that all triggers share; one that differs is not known. */
const same = (all: readonly Trigger[], key: keyof Trigger): Trigger =>
  all.every((one) => JSON.stringify(one[key]) === JSON.stringify(all[0]?.[key])) && all[0]?.[key] !== undefined
    ? { [key]: all[0][key] }
    : {}

/** What of a function's triggers its target leaves out, for people. */
export function triggersLeftOut({ triggers }: ProjectFunction): readonly string[] {
  const kinds = new Set(triggers.map(({ kind }) => kind))
  const unknown = [...kinds].filter((kind) => kind !== 'direct' && !SOURCE_IDS.some((id) => id === kind))
  return [
    ...(unknown.length === 0 ? [] : [`its events of ${unknown.join(', ')} cannot be made yet`]),
    ...[...kinds].flatMap((kind) => {
      const [first, ...others] = triggers.filter((one) => one.kind === kind).map(({ trigger }) => trigger)
      if (first === undefined || HTTP.has(kind) || unknown.includes(kind) || !differs([first, ...others])) return []
      const names = others.map(({ resource }) => resource ?? 'another').join(', ')
      return [`of its ${kind} triggers only ${first.resource ?? 'the first'} is tried: ${names} is set up in another way`]
    }),
  ]
}
