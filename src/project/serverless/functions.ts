import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { Service, ServiceFunction } from './service.js'
import { below, fileLineOf, type Place } from './source-file.js'

/** The functions of a service: a mapping, a list of mappings, or either of them from another file. */
export function functionsOf(service: Service): readonly ServiceFunction[] {
  const found = service.raw('functions')
  if (found === undefined) return []
  if ('why' in found) {
    service.problem(fileLineOf(below(service.main, 'functions')), `functions ${found.why}`)
    return []
  }
  const functions = new Map<string, ServiceFunction>()
  for (const { key, value, place } of entriesOf(service, found.value, found.place)) {
    const each = oneFunction(service, key, value, place)
    if (each !== undefined) functions.set(key, each)
  }
  return [...functions.values()]
}

interface Entry {
  readonly key: string
  readonly value: Json
  readonly place: Place
}

function entriesOf(service: Service, value: Json, place: Place): readonly Entry[] {
  if (Array.isArray(value)) return value.flatMap((_, index) => listed(service, below(place, index), value[index]))
  if (!isJsonObject(value)) return []
  return Object.entries(value).map(([key, each]) => ({ key, value: each, place: below(place, key) }))
}

function listed(service: Service, place: Place, value: Json): readonly Entry[] {
  const found = service.variables.at(place, [], value)
  if (found === undefined) return []
  if (!('why' in found)) return isJsonObject(found.value) ? entriesOf(service, found.value, found.place) : []
  service.problem(fileLineOf(place), `${String(value)} ${found.why}`)
  return []
}

/** The environment is read value by value: one that is not known must not hide the others. */
function oneFunction(service: Service, key: string, value: Json, place: Place): ServiceFunction | undefined {
  const found = service.variables.at(place, [], value)
  if (found === undefined || 'why' in found || !isJsonObject(found.value)) {
    const why = found !== undefined && 'why' in found ? found.why : 'is no mapping'
    service.problem(fileLineOf(place), `function ${key} ${why}`)
    return undefined
  }
  const { environment, ...rest } = found.value
  const resolved = service.variables.all(rest, found.place)
  const unresolved = [...resolved.unresolved]
  const own = environmentOf(service, environment, below(found.place, 'environment'), unresolved)
  const properties = { ...(resolved.value as JsonObject), environment: own }
  return { key, properties, at: fileLineOf(found.place), unresolved }
}

/** Variables whose value is known; the others become notes. */
export function environmentOf(service: Service, value: Json | undefined, place: Place, notes: string[]): JsonObject {
  if (value === undefined || value === null) return {}
  const found = service.variables.at(place, [], value)
  if (found === undefined) return {}
  if ('why' in found || !isJsonObject(found.value)) {
    notes.push(`environment ${'why' in found ? found.why : 'is no mapping'}`)
    return {}
  }
  const known: [string, Json][] = []
  for (const [name, raw] of Object.entries(found.value)) {
    const one = service.variables.all(raw, below(found.place, name))
    if (one.unresolved.length > 0) notes.push(`environment ${name}: ${one.unresolved.join(', ')}`)
    else if (one.value !== null) known.push([name, typeof one.value === 'object' ? one.value : String(one.value)])
  }
  return Object.fromEntries(known)
}

/** Environment that the provider gives to every function. */
export function providerEnvironment(service: Service, notes: string[]): JsonObject {
  const found = service.raw('provider', 'environment')
  if (found === undefined) return {}
  if ('why' in found) {
    notes.push(`provider.environment ${found.why}`)
    return {}
  }
  return environmentOf(service, found.value, found.place, notes)
}

/** The function as a resource of a template. */
export function lambdaResource(
  service: Service,
  { key, properties }: ServiceFunction,
  provider: JsonObject,
  role: Json,
): JsonObject {
  const either = (name: string): Json => properties[name] ?? provider[name] ?? null
  const settings: Record<string, Json> = {
    FunctionName: properties['name'] ?? (service.name === undefined ? null : `${service.name}-${service.stage}-${key}`),
    Handler: properties['handler'] ?? null,
    Runtime: either('runtime'),
    Timeout: either('timeout') ?? 6,
    MemorySize: either('memorySize') ?? 1024,
    Environment: { Variables: { ...(provider['environment'] as JsonObject), ...(properties['environment'] as JsonObject) } },
    Role: role,
    DeadLetterConfig: properties['onError'] === undefined ? null : { TargetArn: properties['onError'] },
    PackageType: properties['image'] === undefined ? null : 'Image',
  }
  const known = Object.entries(settings).filter(([, value]) => value !== null && value !== undefined)
  return { Type: 'AWS::Lambda::Function', Properties: Object.fromEntries(known) }
}
