import { type AwsCall, canariesIn, isJsonObject, type JsonObject, type PlantedAnswer, SLOT, type Trial } from '../model/index.js'
import type { SourceWords } from './source-words.js'

const MOST_NAMES = 60
const WRITERS: JsonObject = { type: 'object', 'x-control': 'producer' }
const SERVICE = { 'x-control': 'service' }

interface Reading {
  /** Parameter that names the owner's resource. */
  readonly of: string
  /** Answers to try, one after the other, where the function may expect different forms. */
  answers(items: readonly JsonObject[], call: AwsCall): readonly { readonly template: JsonObject; readonly schema: JsonObject }[]
}

const one = (template: JsonObject, schema: JsonObject = WRITERS) => [{ template, schema }]
const listed = (items: readonly JsonObject[]) => items.flatMap((item) => one({ Items: [item], Count: 1, ScannedCount: 1 }))
const key = { Messages: { items: { properties: { MessageId: SERVICE, ReceiptHandle: SERVICE } } } }

/** An archive with one small file, whose name is free: every byte of it is ASCII, since answers are texts. */
const ZIP = `PK\u0003\u0004\n\u0000\u0000\u0000\u0000\u0000!P!Pje;y\u0002\u0000\u0000\u0000\u0002\u0000\u0000\u0000\u000f\u0000\u0000\u0000a.${SLOT}alPK\u0001\u0002\u0014\u0003\n\u0000\u0000\u0000\u0000\u0000!P!Pje;y\u0002\u0000\u0000\u0000\u0002\u0000\u0000\u0000\u000f\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000$\u0001\u0000\u0000\u0000\u0000a.${SLOT}PK\u0005\u0006\u0000\u0000\u0000\u0000\u0001\u0000\u0001\u0000=\u0000\u0000\u0000/\u0000\u0000\u0000\u0000\u0000`

const isArchive = ({ Key }: JsonObject): boolean => /\.zip$/i.test(String(Key))

/** Operations that read what others may have put there, and what such an answer looks like. Secrets are the owner's, and not among them. */
const READINGS: Readonly<Record<string, Reading>> = {
  'dynamodb:GetItem': { of: 'TableName', answers: (items) => items.flatMap((item) => one({ Item: item })) },
  'dynamodb:Query': { of: 'TableName', answers: listed },
  'dynamodb:Scan': { of: 'TableName', answers: listed },
  'dynamodb:BatchGetItem': {
    of: '',
    answers: (items, { params }) => {
      const [table = ''] = Object.keys(isJsonObject(params['RequestItems']) ? params['RequestItems'] : {})
      return items.flatMap((item) => one({ Responses: { [table]: [item] } }))
    },
  },
  's3:GetObject': {
    of: 'Bucket',
    answers: ([item = {}], { params }) => [
      { template: { Body: plainItem(item) }, schema: { ...WRITERS, properties: { Body: { 'x-encoding': ['json-string'] } } } },
      { template: { Body: SLOT }, schema: WRITERS },
      ...(isArchive(params) ? one({ Body: ZIP }) : []),
    ],
  },
  's3:ListObjectsV2': {
    of: 'Bucket',
    answers: () => one({ Contents: [{ Key: SLOT, Size: 1, ETag: '"0"' }], KeyCount: 1, IsTruncated: false }),
  },
  'sqs:ReceiveMessage': {
    of: 'QueueUrl',
    answers: () => one({ Messages: [{ MessageId: 'm-1', ReceiptHandle: 'r-1', Body: SLOT }] }, { ...WRITERS, properties: key }),
  },
  'ssm:GetParameter': {
    of: 'Name',
    answers: (_items, { params }) => one({ Parameter: { Name: params['Name'] ?? '', Type: 'String', Value: SLOT, Version: 1 } }),
  },
  'rds-data:ExecuteStatement': {
    of: 'resourceArn',
    answers: () => one({ records: [Array.from({ length: 8 }, () => ({ stringValue: SLOT }))], numberOfRecordsUpdated: 0 }),
  },
}

/** What the function was seen to ask of AWS that others can have written, with a canary in every field that its source names. */
export function plantable(trials: readonly Trial[], words: SourceWords): readonly (readonly PlantedAnswer[])[] {
  const calls = trials.flatMap(({ observations }) => observations.flatMap(({ aws }) => aws))
  const items = itemsOf(words, calls)
  const forms = new Map<string, PlantedAnswer[]>()
  // Of one bucket the first call counts: one for an archive tells more.
  for (const call of [...calls].sort((a, b) => Number(isArchive(b.params)) - Number(isArchive(a.params)))) {
    const operation = `${call.service}:${call.operation}`
    if (!Object.hasOwn(READINGS, operation) || call.answeredBy !== 'stub') continue
    const { of, answers } = READINGS[operation]!
    const name = call.params[of]
    const when: JsonObject = typeof name === 'string' && canariesIn(name).length === 0 ? { [of]: name } : {}
    const label = [operation, ...Object.values(when).map(String)].join(' ').replaceAll('/', '|')
    if (forms.has(label)) continue
    forms.set(
      label,
      answers(items, call).map((form) => ({ label, service: call.service, operation: call.operation, when, ...form })),
    )
  }
  const most = Math.max(0, ...[...forms.values()].map((list) => list.length))
  return Array.from({ length: most }, (_, i) => [...forms.values()].map((list) => list[Math.min(i, list.length - 1)]!))
}

/** Names of methods and of what every object has: no attribute. */
const NO_ATTRIBUTE =
  /^(?:length|map|then|catch|push|join|split|slice|forEach|filter|reduce|find|includes|toString|toLowerCase|toUpperCase|trim|replace|replaceAll|parse|stringify|send|log|error|warn|info|keys|values|entries|Item|Items|Body|Records|S|N|BOOL|L|M|SS|NS|TableName|Key|env|prototype|constructor|__proto__)$/

/** With nested attributes where the source tells their shape; and all of them texts, since `Item.name.S` looks nested too. */
function itemsOf(words: SourceWords, calls: readonly AwsCall[]): readonly JsonObject[] {
  const put = calls.flatMap(({ params }) => Object.keys(isJsonObject(params['Item']) ? params['Item'] : {}))
  const names = [...new Set([...put, ...words.names])].filter((name) => /^[\w-]{1,60}$/.test(name) && !NO_ATTRIBUTE.test(name))
  const few = names.slice(0, MOST_NAMES)
  const texts = Object.fromEntries(few.map((name) => [name, { S: SLOT }]))
  const shapes: Readonly<Record<string, JsonObject>> = { list: { L: [{ S: SLOT }] }, object: { M: texts } }
  const shaped = Object.fromEntries(few.map((name) => [name, shapes[words.shapes.get(name) ?? ''] ?? { S: SLOT }]))
  return [texts, shaped]
}

/** The same as plain JSON. */
function plainItem(item: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(item).map(([name, attribute]) => {
      const { L, M } = attribute as JsonObject
      return [name, Array.isArray(L) ? [SLOT] : isJsonObject(M) ? plainItem(M) : SLOT]
    }),
  )
}
