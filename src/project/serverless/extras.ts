import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { CompiledTemplate } from '../compiled-template.js'
import { inside } from '../safe-path.js'
import { arnOf, functionArn, logicalIdOf, plainId, type Service, type ServiceFunction } from './service.js'

/** `destinations` of functions, and how often a failed event is tried again. */
export function compileDestinations(template: CompiledTemplate, functions: readonly ServiceFunction[]): void {
  const keys = new Set(functions.map(({ key }) => key))
  for (const { key, properties, at } of functions) {
    const wanted = properties['destinations']
    if (!isJsonObject(wanted)) continue
    const config = Object.entries({ OnSuccess: wanted['onSuccess'], OnFailure: wanted['onFailure'] }).flatMap(
      ([name, target]) => {
        const arn = functionArn(isJsonObject(target) && target['arn'] !== undefined ? target['arn'] : target, keys)
        return arn === null ? [] : [[name, { Destination: arn }] as const]
      },
    )
    const id = template.free(`${logicalIdOf(key)}EvConf`)
    const settings = {
      FunctionName: { Ref: logicalIdOf(key) },
      Qualifier: '$LATEST',
      DestinationConfig: Object.fromEntries(config),
    }
    template.add(id, { Type: 'AWS::Lambda::EventInvokeConfig', Properties: settings }, at, { hidden: true })
  }
}

/** `stepFunctions` of the plugin: state machines, which name functions by key. */
export function compileStateMachines(service: Service, template: CompiledTemplate, functions: readonly ServiceFunction[]): void {
  const { value } = service.part('stepFunctions', 'stateMachines')
  if (!isJsonObject(value)) return
  const keys = new Set(functions.map(({ key }) => key))
  for (const [name, machine] of Object.entries(value)) {
    if (!isJsonObject(machine) || machine['definition'] === undefined) continue
    const id = template.free(`${plainId(name)}StepFunctionsStateMachine`)
    const definition = withLogicalIds(machine['definition'], keys)
    const resource = { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: definition } }
    template.add(id, resource, service.at(machine), { hidden: true })
  }
}

/** The plugin lets `Fn::GetAtt: [hello, Arn]` and `Ref: hello` name the function `hello`. */
function withLogicalIds(value: Json, keys: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => withLogicalIds(each, keys))
  if (!isJsonObject(value)) return value
  const { Ref: ref } = value
  if (typeof ref === 'string' && keys.has(ref)) return { Ref: logicalIdOf(ref) }
  const got = value['Fn::GetAtt']
  const [name, attribute] = Array.isArray(got) ? (got as readonly Json[]) : typeof got === 'string' ? got.split('.') : []
  if (typeof name === 'string' && keys.has(name) && attribute === 'Arn') return arnOf(logicalIdOf(name))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withLogicalIds(each, keys)]))
}

/** `resources` of the service: one template, or a list of them. */
export function addResources(service: Service, template: CompiledTemplate): void {
  const { value, unresolved } = service.part('resources')
  const at = service.at(value)
  for (const why of unresolved) service.problem(at, `resources: ${why}`)
  for (const part of Array.isArray(value) ? (value as readonly Json[]) : [value]) {
    if (!isJsonObject(part)) continue
    for (const section of ['Parameters', 'Mappings', 'Conditions']) {
      const old = template.sections[section]
      if (isJsonObject(part[section]))
        template.sections = { ...template.sections, [section]: { ...(isJsonObject(old) ? old : {}), ...part[section] } }
    }
    if (!isJsonObject(part['Resources'])) continue
    for (const [id, resource] of Object.entries(part['Resources']))
      if (isJsonObject(resource)) template.add(id, resource, service.at(resource, at))
  }
}

/** Directories of the layers of a function that are in the project, by `layers` at the top of the service. */
export function layersOf(service: Service, root: string, properties: JsonObject, provider: JsonObject): readonly string[] {
  const used = properties['layers'] ?? provider['layers']
  const { value: declared } = service.part('layers')
  if (!Array.isArray(used) || !isJsonObject(declared)) return []
  return (used as readonly Json[]).flatMap((each) => {
    const named = isJsonObject(each) ? each['Ref'] : undefined
    const key = Object.keys(declared).find((name) => `${layerIdOf(name)}LambdaLayer` === named)
    const layer = key === undefined ? undefined : declared[key]
    const path =
      isJsonObject(layer) && typeof layer['path'] === 'string' ? inside(root, service.directory, layer['path']) : undefined
    return path === undefined ? [] : [path]
  })
}

const layerIdOf = (name: string): string => logicalIdOf(name).replace(/LambdaFunction$/, '')
