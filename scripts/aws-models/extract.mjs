// One SDK client as one compact service model: operations, and the shapes they reach.
import { chooseValues } from './enums.mjs'
import { pageTokens } from './pages.mjs'

const PROTOCOLS = {
  AwsRestJsonProtocol: 'rest-json',
  AwsRestXmlProtocol: 'rest-xml',
  S3RestXmlProtocol: 'rest-xml',
  AwsJson1_0Protocol: 'json-1.0',
  AwsJson1_1Protocol: 'json-1.1',
  AwsQueryProtocol: 'query',
  AwsEc2QueryProtocol: 'ec2',
  AwsSmithyRpcV2CborProtocol: 'cbor',
}
// Schemas of the SDK that are numbers, and what we call them
const SIMPLE = { 0: -1, 1: -2, 2: -3, 21: -4, 4: -5, 5: -5, 6: -5, 7: -5, 15: -6, 42: -7, 17: -2, 19: -2, unit: -8 }
const TIMES = { 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' }
// Traits of a member that decide how it is written: [SDK's name, ours]
const TRAITS = [
  ['jsonName', 'json'],
  ['xmlName', 'xml'],
  ['xmlFlattened', 'flat'],
  ['xmlAttribute', 'attribute'],
  ['ec2QueryName', 'ec2'],
  ['httpHeader', 'header'],
  ['httpPrefixHeaders', 'prefix'],
  ['httpQuery', 'query'],
  ['httpQueryParams', 'queries'],
  ['httpLabel', 'label'],
  ['httpPayload', 'payload'],
  ['httpResponseCode', 'code'],
  ['eventHeader', 'eventHeader'],
  ['eventPayload', 'eventPayload'],
  ['streaming', 'stream'],
  ['mediaType', 'media'],
]

/** The model of one client module (`require('@aws-sdk/client-x')`); `root` is the folder of its package. */
export function extract(module, root) {
  const Client = Object.entries(module).find(([name, value]) => /^[A-Z]\w*Client$/.test(name) && value?.prototype?.send)?.[1]
  const { config } = new Client({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  const settings = config.protocolSettings
  const protocol = PROTOCOLS[config.protocol.constructor.name]
  if (protocol === undefined) throw new Error(`${config.serviceId} speaks ${config.protocol.constructor.name}`)
  const table = new ShapeTable(chooseValues(root))
  const tokens = pageTokens(root)
  const operations = Object.values(module).filter((value) => Array.isArray(value) && value[0] === 9)
  // Answers first: a shape that is also asked with must know the values to answer with.
  const outputs = operations.map(([, , , , , output]) => table.ref(output, true))
  const ops = operations
    .map(([, , name, traits, input], i) => [name, operation(traits.http, table.ref(input), outputs[i], tokens[name])])
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    head: [
      config.serviceId,
      config.defaultSigningName,
      endpointPrefix(config),
      settings.serviceTarget ?? '',
      protocol,
      settings.xmlNamespace ?? '',
    ],
    body: { ops: Object.fromEntries(ops), shapes: table.shapes },
  }
}

function operation(http, input, output, token) {
  const binding = http === undefined ? 0 : http[2] === 200 ? http.slice(0, 2) : http
  return token === undefined ? (http === undefined ? [input, output] : [input, output, binding]) : [input, output, binding, token]
}

/** What stands before region and domain in the host: `email`, `data-ats.iot`. */
function endpointPrefix(config) {
  try {
    const { url } = config.endpointProvider({
      Region: 'us-east-1',
      UseDualStack: false,
      UseFIPS: false,
      UseGlobalEndpoint: false,
    })
    return url.hostname.replace(/\.us-east-1\.amazonaws\.com$|\.amazonaws\.com$/, '')
  } catch {
    return '' // its endpoint is always the user's own
  }
}

const deref = (schema) => (typeof schema === 'function' ? schema() : schema)

/** Numbers the shapes in the order in which the operations reach them. `chosen` gives the enum value to answer with. */
class ShapeTable {
  shapes = []
  #known = new Map()
  #chosen

  constructor(chosen) {
    this.#chosen = chosen
  }

  /** The number of a shape; `answered` when it is part of an answer. */
  ref(given, answered = false) {
    const schema = deref(given)
    if (typeof schema === 'number' && schema >= 64) {
      const value = simpleRef(schema & 63)
      return this.#named(schema, () => (schema >= 128 ? ['m', ['key', -1], ['value', value]] : ['l', ['member', value]]))
    }
    if (!Array.isArray(schema)) return simpleRef(schema)
    return schema[0] === 0 ? this.ref(schema[4], answered) : this.#named(schema, () => this.#build(schema, answered))
  }

  #named(key, make) {
    if (this.#known.has(key)) return this.#known.get(key)
    const index = this.shapes.push(null) - 1
    this.#known.set(key, index)
    this.shapes[index] = make()
    return index
  }

  #build([kind, , name, traits, first, second], answered) {
    if (kind === 1) return ['l', this.#member('member', first, '', answered)]
    if (kind === 2) return ['m', this.#member('key', first, '', answered), this.#member('value', second, '', answered)]
    const members = first.map((each, i) => this.#member(each, second[i], name, answered))
    const own = {
      ...(traits.xmlName && { xml: traits.xmlName }),
      ...(traits.streaming && { stream: 1 }),
      ...(kind === -3 && { error: 1 }),
    }
    return [kind === 4 ? 'u' : 's', name, members, ...(Object.keys(own).length > 0 ? [own] : [])]
  }

  #member(name, given, owner, answered) {
    const { schema, traits } = unwrap(given)
    const time = TIMES[simpleOf(schema)]
    const value = answered && simpleOf(schema) === 0 ? this.#chosen[`${owner}.${name}`] : undefined
    const kept = { ...wireTraits(traits), ...(time && { time }), ...(value && { value }) }
    return [name, this.ref(schema, answered), ...(Object.keys(kept).length > 0 ? [kept] : [])]
  }
}

function simpleRef(schema) {
  const found = SIMPLE[schema]
  if (found === undefined) throw new Error(`Unknown schema ${String(schema)}`)
  return found
}

/** A member as the SDK writes it: `schema` or `[schema, traits]`, also around a named simple schema with traits of its own. */
function unwrap(given) {
  let schema = given
  let traits = {}
  while (Array.isArray(schema) && schema.length === 2) {
    traits = { ...bits(schema[1]), ...traits }
    schema = deref(schema[0])
  }
  schema = deref(schema)
  if (Array.isArray(schema) && schema[0] === 0) traits = { ...bits(schema[3]), ...traits }
  return { schema, traits }
}

const simpleOf = (schema) => (Array.isArray(schema) && schema[0] === 0 ? simpleOf(schema[4]) : schema)

const BITS = ['httpLabel', '', '', '', 'httpPayload', 'httpResponseCode', 'httpQueryParams']
const bits = (traits) =>
  typeof traits === 'object'
    ? traits
    : Object.fromEntries(BITS.flatMap((name, i) => (name && (traits >> i) & 1 ? [[name, 1]] : [])))

const wireTraits = (traits) =>
  Object.fromEntries(TRAITS.flatMap(([theirs, ours]) => (traits[theirs] ? [[ours, traits[theirs]]] : [])))
