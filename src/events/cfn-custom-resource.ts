import { setAt } from '../generate/index.js'
import { type EventSource, getAt, isJsonObject, type Json, type JsonObject, SLOT } from '../model/index.js'
import { resourceOf } from './capture/custom-resource.js'
import { ACCOUNT, REGION, UUID } from './envelope.js'
import { readEventSchema } from './read-schema.js'
import { shellJson } from './shell-words.js'

interface ResourceWire {
  readonly requestType: 'Create' | 'Update' | 'Delete'
  readonly resourceType: string
  readonly logicalId: string
  readonly physicalId: string
  readonly properties: JsonObject
  readonly oldProperties: JsonObject
  readonly requestId: string
  readonly stackId: string
}

const wireOf = (wire: Json): ResourceWire => wire as unknown as ResourceWire
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:function`

/** A custom resource of a stack: its properties are what the template's author, or its parameters, say. */
export const cfnCustomResource: EventSource = {
  id: 'cfn-custom-resource',
  service: 'AWS CloudFormation',
  contract: 'async',
  get schema() {
    return readEventSchema('cfn-custom-resource')
  },
  templates: (_trigger, names) => {
    const read = names.filter((name) => /^[A-Z]\w*$/.test(name) && !OWN.has(name)).slice(0, 20)
    const properties = Object.fromEntries(read.map((name) => [name, SLOT]))
    return (['Create', 'Update', 'Delete'] as const).map((requestType) => ({
      requestType,
      resourceType: 'Example',
      logicalId: 'Resource',
      physicalId: 'resource-1',
      properties,
      oldProperties: properties,
      requestId: UUID,
      stackId: UUID,
    }))
  },
  honour: (sample) => sample,
  toEvent,
  fromEvent: resourceOf,
  supply: (wire, pointer, value) => {
    const [, where, path] = /^\/(ResourceProperties|OldResourceProperties)(\/.+)$/.exec(pointer) ?? []
    const at = where === 'ResourceProperties' ? '/properties' : '/oldProperties'
    return path === undefined || !isJsonObject(getAt(wire, at)) ? undefined : setAt(wire, `${at}${path}`, texts(value))
  },
  fixed: (wire) => (wireOf(wire).requestType === 'Update' ? [] : ['/oldProperties']),
  recipe: (wire) => {
    const { requestType, logicalId, resourceType, properties } = wireOf(wire)
    const resource = { Type: `Custom::${resourceType}`, Properties: { ServiceToken: FUNCTION, ...properties } }
    const template = shellJson({ Resources: { [logicalId]: resource } })
    if (requestType === 'Delete') return ['aws cloudformation delete-stack --stack-name "$STACK"']
    return [`aws cloudformation ${requestType.toLowerCase()}-stack --stack-name "$STACK" --template-body ${template}`]
  },
}

const OWN = new Set(
  'RequestType ServiceToken ResponseURL StackId RequestId LogicalResourceId ResourceType PhysicalResourceId ResourceProperties OldResourceProperties Status Reason Data NoEcho JSON Math Object Error Promise Date Buffer URL Number String Boolean Array Map Set'.split(
    ' ',
  ),
)

/** AWS: numbers and booleans of a template arrive as text. */
function texts(value: Json): Json {
  if (Array.isArray(value)) return value.map(texts)
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, texts(child)]))
  return value === null ? '' : String(value)
}

function toEvent(input: Json): Json {
  const wire = wireOf(input)
  return {
    RequestType: wire.requestType,
    ServiceToken: FUNCTION,
    ResponseURL: `https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/arn%3Aaws%3Acloudformation%3A${REGION}%3A${ACCOUNT}%3Astack/${wire.stackId}`,
    StackId: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/stack/${wire.stackId}`,
    RequestId: wire.requestId,
    LogicalResourceId: wire.logicalId,
    ResourceType: `Custom::${wire.resourceType}`,
    ...(wire.requestType === 'Create' ? {} : { PhysicalResourceId: wire.physicalId }),
    ResourceProperties: { ServiceToken: FUNCTION, ...(texts(wire.properties) as JsonObject) },
    ...(wire.requestType === 'Update'
      ? { OldResourceProperties: { ServiceToken: FUNCTION, ...(texts(wire.oldProperties) as JsonObject) } }
      : {}),
  }
}
