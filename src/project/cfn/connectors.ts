import type { Json, JsonObject, ProjectPolicy } from '../../model/index.js'
import { type ConnectorPermission, FROM_FUNCTION, TO_FUNCTION } from './connector-permissions.js'
import type { Resolver } from './resolver.js'
import { allow } from './roles.js'
import type { Resource, Stack } from './stack.js'
import { at, entriesOf, objectsOf, own, textOf, textsOf } from './values.js'

interface End {
  readonly id: string | undefined
  readonly type: string | undefined
  readonly arn: string | undefined
}

interface Connection {
  readonly name: string
  readonly source: End
  readonly destination: End
  readonly permissions: readonly string[]
  readonly node: Json
}

/** What SAM connectors allow this function's role. */
export function connectorPolicies(stack: Stack, resource: Resource, resolver: Resolver): readonly ProjectPolicy[] {
  return connectionsOf(stack).flatMap((connection) => {
    const { source, destination, permissions, name, node } = connection
    const isSource = isFunction(stack, source, resource)
    if (!isSource && !isFunction(stack, destination, resource)) return []
    const [table, other] = isSource ? ([FROM_FUNCTION, destination] as const) : ([TO_FUNCTION, source] as const)
    const known = other.type === undefined || !Object.hasOwn(table, other.type) ? undefined : table[other.type]
    if (known === undefined || other.arn === undefined) {
      if (isSource) resolver.unknown(`Connector ${name} to ${other.type ?? 'something'} is not known`)
      return []
    }
    const actions = actionsOf(known, permissions)
    const resources = known.resources.map((text) => text.replace('{}', other.arn!))
    return actions.length === 0 ? [] : [{ name, document: allow(actions, resources), at: stack.place(node, resource.at) }]
  })
}

/** A connector names its ends by logical id or by ARN. */
const isFunction = (stack: Stack, { id, arn }: End, resource: Resource): boolean =>
  id === undefined ? stack.world.functionOf(arn) === stack.prefix + resource.id : id === resource.id

const actionsOf = (known: ConnectorPermission, permissions: readonly string[]): readonly string[] => [
  ...(permissions.includes('Read') ? known.read : []),
  ...(permissions.includes('Write') ? known.write : []),
]

const connections = new WeakMap<Stack, readonly Connection[]>()

/** Connectors that are resources, and those that stand inside their source. */
function connectionsOf(stack: Stack): readonly Connection[] {
  const known = connections.get(stack)
  if (known !== undefined) return known
  const found: Connection[] = []
  for (const resource of stack.resources.values()) {
    if (resource.type === 'AWS::Serverless::Connector') {
      found.push(...connectionsIn(stack, resource.id, resource.properties, own(resource.properties, 'Source')))
    }
    for (const [name, connector] of entriesOf(own(resource.entry, 'Connectors'))) {
      found.push(...connectionsIn(stack, `${resource.id}${name}`, at(connector, 'Properties'), { Id: resource.id }))
    }
  }
  connections.set(stack, found)
  return found
}

function connectionsIn(
  stack: Stack,
  name: string,
  properties: Json | undefined,
  source: Json | undefined,
): readonly Connection[] {
  const permissions = textsOf(stack.resolve(own(properties, 'Permissions')))
  return objectsOf(own(properties, 'Destination')).map((destination) => ({
    name,
    source: end(stack, source),
    destination: end(stack, destination),
    permissions,
    node: destination,
  }))
}

function end(stack: Stack, raw: Json | JsonObject | undefined): End {
  const id = textOf(own(raw, 'Id'))
  const resource = id === undefined ? undefined : stack.resources.get(id)
  if (resource !== undefined)
    return { id, type: resource.type, arn: textOf(stack.resolve({ 'Fn::GetAtt': [resource.id, 'Arn'] })) }
  return { id, type: textOf(own(raw, 'Type')), arn: textOf(stack.resolve(own(raw, 'Arn'))) }
}
