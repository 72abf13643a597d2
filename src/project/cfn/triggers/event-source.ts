import { type FileLine, isJsonObject, type Json, type JsonObject, type Trigger } from '../../../model/index.js'
import { nameInArn } from '../account.js'
import type { Edge } from '../edges.js'
import type { Resource, Stack } from '../stack.js'
import { numberOf, objectsOf, own, textOf, textsOf, at as valueAt } from '../values.js'
import { tableTrigger } from './table.js'

/** AWS: records in one batch where the mapping does not say. */
const BATCH: Readonly<Record<string, number>> = {
  sqs: 10,
  kinesis: 100,
  'dynamodb-stream': 100,
  kafka: 100,
  mq: 100,
  documentdb: 100,
}

/** AWS::Lambda::EventSourceMapping. */
export function* eventSourceMapping(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  yield mappingEdge(stack, {
    to: textOf(stack.resolve(properties['FunctionName'])),
    source: properties['EventSourceArn'],
    properties,
    at,
  })
}

interface Mapping {
  readonly to: string | undefined
  /** ARN of what is polled, unresolved. */
  readonly source: Json | undefined
  readonly properties: JsonObject
  readonly at: FileLine
  /** SAM's event type says it even where the ARN is unknown. */
  readonly kind?: string
}

/** A poller's trigger, from an event source mapping or a SAM event: both use the same words. */
export function mappingEdge(stack: Stack, { to, source, properties, at, kind: given }: Mapping): Edge {
  const notes: string[] = []
  const arn = stack.resolver(notes).text(source)
  const kind = given ?? kindOf(arn ?? JSON.stringify(source ?? ''), properties)
  const resource = resourceOf(stack, kind, arn, properties)
  const filters = filtersOf(stack, properties, at)
  const batchSize = numberOf(stack.resolve(properties['BatchSize'])) ?? BATCH[kind]
  const responses = textsOf(stack.resolve(properties['FunctionResponseTypes']))
  const trigger: Trigger = {
    ...(resource === undefined ? {} : { resource }),
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(kind === 'sqs' && resource !== undefined ? { fifo: resource.endsWith('.fifo') } : {}),
    ...(kind === 'dynamodb-stream' ? tableTrigger(stack, resource) : {}),
    ...(filters.length === 0 ? {} : { filters }),
    reportBatchItemFailures: responses.includes('ReportBatchItemFailures'),
  }
  return { to, kind, trigger, at, notes }
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/:sqs:/, 'sqs'],
  [/:dynamodb:|StreamArn/, 'dynamodb-stream'],
  [/:kinesis:/, 'kinesis'],
  [/:kafka:/, 'kafka'],
  [/:mq:/, 'mq'],
  [/:rds:/, 'documentdb'],
]

function kindOf(source: string, properties: JsonObject): string {
  const known = KINDS.find(([pattern]) => pattern.test(source))
  if (known !== undefined) return known[1]
  if (properties['SelfManagedEventSource'] !== undefined || properties['Topics'] !== undefined) return 'kafka'
  if (properties['Queues'] !== undefined) return 'mq'
  if (properties['DocumentDBEventSourceConfig'] !== undefined) return 'documentdb'
  // Queues are the only source that is not read from a position.
  return properties['StartingPosition'] === undefined ? 'sqs' : 'event-source'
}

function resourceOf(stack: Stack, kind: string, arn: string | undefined, properties: JsonObject): string | undefined {
  const list = kind === 'kafka' ? properties['Topics'] : kind === 'mq' ? properties['Queues'] : undefined
  if (list !== undefined) return textsOf(stack.resolve(list))[0]
  const collection = properties['CollectionName'] ?? valueAt(properties, 'DocumentDBEventSourceConfig', 'CollectionName')
  if (kind === 'documentdb') return textOf(stack.resolve(collection))
  return arn === undefined ? undefined : nameInArn(arn)
}

function filtersOf(stack: Stack, properties: JsonObject, at: FileLine): readonly JsonObject[] {
  return objectsOf(stack.resolve(valueAt(properties, 'FilterCriteria', 'Filters'))).flatMap((filter) => {
    const pattern = own(filter, 'Pattern')
    const value = typeof pattern === 'string' ? parsePattern(stack, pattern, stack.place(filter, at)) : pattern
    return isJsonObject(value) ? [value] : []
  })
}

/** A pattern is a JSON text inside the template; one that is none filters nothing that we know. */
export function parsePattern(stack: Stack, text: string, place: FileLine): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    stack.problem(place.line, `A pattern is no JSON: ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 120)}`)
    return undefined
  }
}
