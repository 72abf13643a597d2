import { setAt } from '../generate/index.js'
import {
  type EventSource,
  escapeToken,
  getAt,
  isJsonObject,
  type Json,
  type JsonObject,
  SLOT,
  type Trigger,
  tokensOf,
} from '../model/index.js'
import { admitsRecords, filtersOf, under } from './admit-records.js'
import { changesOf } from './capture/records.js'
import { supplyPlain } from './dynamodb-attributes.js'
import { ACCOUNT, EPOCH, REGION } from './envelope.js'
import { fitPattern } from './fit-pattern.js'
import { readEventSchema } from './read-schema.js'
import { shellJson, shellWord } from './shell-words.js'

type Item = Readonly<Record<string, JsonObject>>

interface Change {
  readonly operation: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly keys: Item
  readonly item: Item
  readonly old: Item
  /** Removed by the table's time to live, not by an application. */
  readonly expired: boolean
  readonly eventId: string
  readonly sequence: string
  readonly time: number
}

interface StreamWire {
  readonly table: string
  readonly viewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES'
  readonly changes: readonly Change[]
}

/** What applications write into the table, as the stream shows it under the table's view type. */
export const dynamodbStream: EventSource = {
  id: 'dynamodb-stream',
  service: 'Amazon DynamoDB Streams',
  contract: 'batch',
  get schema() {
    return readEventSchema('dynamodb-stream')
  },
  templates,
  honour,
  toEvent,
  fromEvent: changesOf,
  admits: (event, trigger) => admitsRecords(event, trigger),
  supply,
  fixed: (wire) => {
    const { viewType, changes } = wire as unknown as StreamWire
    return changes.flatMap(({ operation }, i) => [
      ...(shows('NEW', viewType, operation) ? [] : [`/changes/${i}/item`]),
      ...(shows('OLD', viewType, operation) ? [] : [`/changes/${i}/old`]),
    ])
  },
  recipe,
}

const MOST_NAMES = 40

function templates(trigger: Trigger, names: readonly string[]): readonly Json[] {
  const keys = trigger.keys ?? { id: 'S' }
  const keyItem = Object.fromEntries(
    Object.entries(keys).map(([name, type]) => [name, type === 'N' ? { N: '42' } : { [type]: SLOT }]),
  )
  const item = Object.fromEntries(
    names
      .filter((name) => !Object.hasOwn(keys, name))
      .slice(0, MOST_NAMES)
      .map((name) => [name, { S: SLOT }]),
  )
  const change = (operation: Change['operation'], image: JsonObject = item): Json => ({
    table: trigger.resource ?? 'table',
    viewType: trigger.streamViewType ?? 'NEW_AND_OLD_IMAGES',
    changes: [
      {
        operation,
        keys: keyItem,
        item: image,
        old: image,
        expired: false,
        eventId: 'c4ca4238a0b923820dcc509a6f75849b',
        sequence: '111000000000000000001',
        time: EPOCH,
      },
    ],
  })
  const changes = [change('INSERT'), change('MODIFY'), change('REMOVE')]
  // What is looked for in an unmarshalled image shows in one that holds the keys alone, whatever its type.
  if (names.length > 0) changes.push(change('INSERT', {}))
  return filtersOf(trigger).flatMap((filter) => {
    const fitted = changes.map((one) => fitWire(one, () => filter))
    return [...new Map(fitted.map((one) => [JSON.stringify(one), one])).values()]
  })
}

/** Every change with what a filter asks of its operation, keys and images. */
function fitWire(wire: Json, filterAt: (i: number) => JsonObject | undefined): Json {
  const stream = wire as unknown as StreamWire
  return { ...stream, changes: stream.changes.map((change, i) => fitChange(change, filterAt(i))) } as unknown as Json
}

function fitChange(change: Change, filter: JsonObject | undefined): Change {
  const operations = filter?.['eventName']
  const allowed = Array.isArray(operations)
    ? operations.filter((one) => one === 'INSERT' || one === 'MODIFY' || one === 'REMOVE')
    : []
  const operation = allowed.length === 0 || allowed.includes(change.operation) ? change.operation : allowed[0]!
  const wanted = under(filter, 'dynamodb')
  const ofImages = { ...under(wanted, 'OldImage'), ...under(wanted, 'NewImage') }
  const isKey = (name: string) => Object.hasOwn(change.keys, name)
  const ofKeys = { ...only(ofImages, isKey), ...under(wanted, 'Keys') }
  return {
    ...change,
    operation,
    keys: fitItem(change.keys, ofKeys),
    item: fitItem(
      change.item,
      only(under(wanted, 'NewImage') ?? {}, (name) => !isKey(name)),
    ),
    old: fitItem(
      change.old,
      only(under(wanted, 'OldImage') ?? {}, (name) => !isKey(name)),
    ),
  }
}

const only = (pattern: JsonObject, keep: (name: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(pattern).filter(([name]) => keep(name)))

/** An attribute has one type: the one that the pattern names replaces what was there. */
function fitItem(item: Item, pattern: JsonObject): Item {
  const kept = Object.fromEntries(Object.entries(item).filter(([name]) => !Object.hasOwn(pattern, name)))
  return fitPattern(kept as unknown as Json, pattern) as unknown as Item
}

/** A filter speaks of images: such a stream shows them. */
const viewOf = ({ filters = [] }: Trigger, wire: StreamWire): StreamWire['viewType'] =>
  filters.length === 0 ? wire.viewType : 'NEW_AND_OLD_IMAGES'

/** Table, view type and key attributes are the owner's; a sampled key value stays where its type fits. */
function honour(sample: Json, trigger: Trigger): Json {
  const wire = sample as unknown as StreamWire
  const changes = wire.changes.slice(0, trigger.batchSize ?? 10).map((change, i) => {
    if (trigger.keys === undefined) return change
    const keys = Object.entries(trigger.keys).map(([name, type]) => [
      name,
      type === 'N' ? { N: String(i + 1) } : { [type]: `key-${change.eventId.slice(0, 8)}` },
    ])
    return { ...change, keys: Object.fromEntries(keys) as Item }
  })
  const filters = filtersOf(trigger)
  const honoured = {
    ...wire,
    table: trigger.resource ?? wire.table,
    viewType: trigger.streamViewType ?? viewOf(trigger, wire),
    changes,
  }
  return fitWire(honoured as unknown as Json, (i) => filters[i % filters.length])
}

function toEvent(input: Json): Json {
  const wire = input as unknown as StreamWire
  return { Records: wire.changes.map((change) => record(wire, change)) }
}

/** A new item has no old image, a removed one no new image; the view type says which of them the stream shows. */
const shows = (image: 'NEW' | 'OLD', viewType: StreamWire['viewType'], operation: Change['operation']): boolean =>
  (viewType === `${image}_IMAGE` || viewType === 'NEW_AND_OLD_IMAGES') && operation !== (image === 'NEW' ? 'REMOVE' : 'INSERT')

function record(wire: StreamWire, change: Change): JsonObject {
  const images = {
    ...(shows('NEW', wire.viewType, change.operation) ? { NewImage: { ...change.item, ...change.keys } } : {}),
    ...(shows('OLD', wire.viewType, change.operation) ? { OldImage: { ...change.old, ...change.keys } } : {}),
  }
  return {
    eventID: change.eventId,
    eventName: change.operation,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: REGION,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(change.time / 1000),
      Keys: change.keys,
      ...images,
      SequenceNumber: change.sequence,
      SizeBytes: Buffer.byteLength(JSON.stringify({ ...change.keys, ...images })),
      StreamViewType: wire.viewType,
    },
    eventSourceARN: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${wire.table}/stream/2026-01-01T00:00:00.000`,
    ...(change.expired && change.operation === 'REMOVE'
      ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }
      : {}),
  }
}

function supply(wire: Json, pointer: string, value: Json, trigger: Trigger): Json | undefined {
  const hasKeys = trigger.keys !== undefined
  const plain = /^\/Records\/(\d+)\/dynamodb\/(NewImage|OldImage)#ddb((?:\/[^/#]+)+)$/.exec(pointer)
  if (plain !== null)
    return supplyPlain(wire, `/changes/${plain[1]}/${plain[2] === 'NewImage' ? 'item' : 'old'}`, plain[3]!, value)
  const [records, i, , image, ...path] = tokensOf(pointer.replace(/#.*$/, ''))
  if (records !== 'Records' || path.length === 0) return undefined
  // What the keys are called is the owner's to say; where nobody did, they are what the function asks for.
  const where = image === 'NewImage' ? 'item' : image === 'OldImage' ? 'old' : image === 'Keys' && !hasKeys ? 'keys' : undefined
  if (where === undefined) return undefined
  // Names and types by turns: `alert`, `M`, `rule`, `S`.
  const isName = path.length % 2 === 1
  const at = ['', 'changes', i!, where, ...(isName ? path : path.slice(0, -1))].map(escapeToken).join('/')
  if (isName) return setAt(wire, at, { S: typeof value === 'string' ? value : SLOT })
  const type = path.at(-1)!
  const before = getAt(wire, at)
  const made = typed(type)
  return made === undefined || (isJsonObject(before) && type in before) ? undefined : setAt(wire, at, made)
}

/** A benign attribute of the type that the handler looked for. */
function typed(type: string): Json | undefined {
  const samples: Readonly<Record<string, Json>> = {
    S: SLOT,
    N: '42',
    BOOL: true,
    M: {},
    L: [],
    SS: [SLOT],
    NS: ['42'],
    B: 'AAAA',
    NULL: true,
  }
  return Object.hasOwn(samples, type) ? { [type]: samples[type]! } : undefined
}

function recipe(input: Json): readonly string[] {
  const wire = input as unknown as StreamWire
  return wire.changes.map((change) => {
    const table = `--table-name ${shellWord(wire.table)}`
    if (change.operation === 'REMOVE') return `aws dynamodb delete-item ${table} --key ${shellJson(change.keys)}`
    return `aws dynamodb put-item ${table} --item ${shellJson({ ...change.item, ...change.keys })}`
  })
}
