import { createHash, randomBytes } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../model/index.js'
import { decodePart } from '../decode/rest-json.js'
import { type Answer, type Ask, type AwsService, listOf, ok, partitionOf, refuse, textOf } from './service.js'

interface StoredObject {
  readonly bytes: Buffer
  readonly about: JsonObject
  readonly invented: boolean
}

// A tombstone tells a deleted object from one that was never put.
const DELETED = Symbol('deleted')
const ABOUT = ['ContentType', 'ContentEncoding', 'ContentDisposition', 'ContentLanguage', 'CacheControl', 'Metadata']
const THEN = 'Thu, 01 Jan 2026 00:00:00 GMT'
const THEN_ISO = '2026-01-01T00:00:00.000Z'

/** Buckets that exist; what was put can be read, what was never put has a small body made up from the key's extension. */
export const s3: AwsService = {
  service: 's3',
  operations: {
    GetObject: (ask) => read(ask),
    HeadObject: (ask) => read(ask),
    PutObject: (ask) => put(ask, ask.bytes),
    CopyObject: copy,
    DeleteObject: (ask) => remove(ask),
    DeleteObjects: removeAll,
    ListObjectsV2: list,
    ListObjects: list,
    ListBuckets: () => ok({ Buckets: [] }),
    HeadBucket: () => ok({}),
    GetBucketLocation: ({ place }) => ok({ LocationConstraint: place.region === 'us-east-1' ? '' : place.region }),
    CreateMultipartUpload: ({ params }) =>
      ok({ Bucket: params.Bucket ?? '', Key: params.Key ?? '', UploadId: randomBytes(16).toString('hex') }),
    UploadPart: uploadPart,
    CompleteMultipartUpload: completeUpload,
    AbortMultipartUpload: () => ok({}),
    ListParts: ({ params }) =>
      ok({ Bucket: params.Bucket ?? '', Key: params.Key ?? '', UploadId: params.UploadId ?? '', IsTruncated: false }),
    GetObjectTagging: () => ok({ TagSet: [] }),
    PutObjectTagging: () => ok({}),
    DeleteObjectTagging: () => ok({}),
    PutObjectAcl: () => ok({}),
  },
  resources(operation, params, { region }) {
    const partition = partitionOf(region)
    const deleted =
      operation === 'DeleteObjects' && isJsonObject(params.Delete) ? listOf(params.Delete.Objects).filter(isJsonObject) : []
    const keys = deleted.length > 0 ? deleted.map(({ Key }) => Key) : [params.Key]
    const names = keys.map((key) =>
      textOf(key) === undefined ? textOf(params.Bucket) : `${String(params.Bucket)}/${String(key)}`,
    )
    const source = copySource(params)
    return [...names, source === undefined ? undefined : `${source.bucket}/${source.key}`]
      .filter((name) => name !== undefined)
      .map((name) => `arn:${partition}:s3:::${name}`)
  },
}

/** `CopySource` taken apart: `/bucket/key?versionId=v`, percent-encoded. */
export function copySource({ CopySource }: JsonObject): { bucket: string; key: string; versionId?: string } | undefined {
  if (typeof CopySource !== 'string') return undefined
  const [, path = '', versionId] = /^\/?([\s\S]*?)(?:\?versionId=([\s\S]*))?$/.exec(CopySource)!
  const [bucket = '', ...key] = decodePart(path).split('/')
  return key.length === 0 ? undefined : { bucket, key: key.join('/'), ...(versionId === undefined ? {} : { versionId }) }
}

const shelfOf = (bucket: unknown): string => `s3:${String(bucket)}`
const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`

function read({ params, store }: Ask): Answer {
  const key = String(params.Key)
  const problem = keyProblem(key)
  if (problem !== undefined) return problem
  const known = store.get<StoredObject | typeof DELETED>(shelfOf(params.Bucket), key)
  if (known === DELETED) return refuse('NoSuchKey', 'The specified key does not exist.', 404, { Key: key })
  const { bytes, about, invented } = known ?? madeUp(key)
  const slice = ranged(bytes, params.Range)
  if (slice === undefined) return refuse('InvalidRange', 'The requested range is not satisfiable', 416)
  const value = {
    ...about,
    ETag: etagOf(bytes),
    LastModified: THEN,
    AcceptRanges: 'bytes',
    ContentLength: slice.bytes.length,
    ...slice.about,
  }
  return { kind: 'ok', value, invented, bytes: slice.bytes }
}

function ranged(bytes: Buffer, range: unknown): { bytes: Buffer; about: JsonObject } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(String(range)) ?? []
  if (from === '' && to === '') return { bytes, about: {} }
  const start = from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes.length : Math.min(bytes.length, Number(to) + 1)
  if (start >= end) return undefined
  return { bytes: bytes.subarray(start, end), about: { ContentRange: `bytes ${start}-${end - 1}/${bytes.length}` } }
}

const BY_EXTENSION: Readonly<Record<string, readonly [string, string]>> = {
  json: ['application/json', '{}'],
  ndjson: ['application/x-ndjson', '{}\n'],
  jsonl: ['application/x-ndjson', '{}\n'],
  csv: ['text/csv', 'id,name\n1,example\n'],
  xml: ['application/xml', '<?xml version="1.0"?>\n<root/>\n'],
  html: ['text/html', '<!doctype html><title>example</title>\n'],
  yaml: ['application/yaml', '{}\n'],
  yml: ['application/yaml', '{}\n'],
}

function madeUp(key: string): StoredObject {
  const extension = /\.([a-z]+)$/i.exec(key)?.[1]?.toLowerCase() ?? ''
  const [type, text] = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension]! : ['text/plain', 'example\n']
  return { bytes: Buffer.from(text), about: { ContentType: type }, invented: true }
}

// AWS: a key has at most 1,024 bytes of UTF-8
function keyProblem(key: string): Answer | undefined {
  return Buffer.byteLength(key) > 1024 ? refuse('KeyTooLongError', 'Your key is too long', 400) : undefined
}

function put({ params, store }: Ask, bytes: Buffer): Answer {
  const key = String(params.Key)
  const problem = keyProblem(key)
  if (problem !== undefined) return problem
  const about = Object.fromEntries(ABOUT.filter((name) => params[name] !== undefined).map((name) => [name, params[name]!]))
  const stored: StoredObject = { bytes, about: { ContentType: 'binary/octet-stream', ...about }, invented: false }
  store.put(shelfOf(params.Bucket), key, stored, bytes.length)
  return ok({ ETag: etagOf(bytes) })
}

function copy(ask: Ask): Answer {
  const source = copySource(ask.params)
  if (source === undefined) return refuse('InvalidArgument', 'Invalid copy source object key')
  const known = ask.store.get<StoredObject | typeof DELETED>(shelfOf(source.bucket), source.key)
  if (known === DELETED) return refuse('NoSuchKey', 'The specified key does not exist.', 404, { Key: source.key })
  const found = known ?? madeUp(source.key)
  ask.store.put(shelfOf(ask.params.Bucket), String(ask.params.Key), found, found.bytes.length)
  return ok({ CopyObjectResult: { ETag: etagOf(found.bytes), LastModified: THEN_ISO } })
}

function remove({ params, store }: Ask): Answer {
  store.put(shelfOf(params.Bucket), String(params.Key), DELETED, 0)
  return ok({})
}

function removeAll(ask: Ask): Answer {
  const { Delete } = ask.params
  const keys = isJsonObject(Delete)
    ? listOf(Delete.Objects)
        .filter(isJsonObject)
        .map(({ Key }) => String(Key))
    : []
  if (keys.length === 0 || keys.length > 1000) return refuse('MalformedXML', 'The XML you provided was not well-formed')
  for (const Key of keys) remove({ ...ask, params: { ...ask.params, Key } })
  return ok({ Deleted: isJsonObject(Delete) && Delete.Quiet === 'true' ? [] : keys.map((Key) => ({ Key })) })
}

function list({ params, store }: Ask): Answer {
  const prefix = textOf(params.Prefix) ?? ''
  const kept = store.entries<StoredObject | typeof DELETED>(shelfOf(params.Bucket))
  const Contents = kept
    .flatMap(([Key, object]) => (object === DELETED || !Key.startsWith(prefix) ? [] : [{ Key, object }]))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1))
    .slice(0, 1000)
    .map(({ Key, object }) => ({
      Key,
      LastModified: THEN_ISO,
      ETag: etagOf(object.bytes),
      Size: object.bytes.length,
      StorageClass: 'STANDARD',
    }))
  // Never truncated: a function that pages must come to an end.
  return ok({ Name: params.Bucket ?? '', Prefix: prefix, KeyCount: Contents.length, MaxKeys: 1000, IsTruncated: false, Contents })
}

const partsOf = ({ UploadId }: JsonObject): string => `s3-upload:${String(UploadId)}`

function uploadPart({ params, bytes, store }: Ask): Answer {
  store.put(partsOf(params), String(params.PartNumber), bytes, bytes.length)
  return ok({ ETag: etagOf(bytes) })
}

function completeUpload(ask: Ask): Answer {
  const parts = ask.store.entries<Buffer>(partsOf(ask.params)).sort(([a], [b]) => Number(a) - Number(b))
  const bytes = Buffer.concat(parts.map(([, part]) => part))
  const answer = put(ask, bytes)
  if (answer.kind === 'error') return answer
  const { Bucket = '', Key = '' } = ask.params
  return ok({ Location: `https://${String(Bucket)}.s3.amazonaws.com/${String(Key)}`, Bucket, Key, ETag: etagOf(bytes) })
}
