import { createHash } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../model/index.js'
import type { Store } from '../store.js'
import { copySource } from './s3-copy-source.js'
import { madeUp } from './s3-made-up.js'
import { type Answer, type Ask, listOf, ok, refuse } from './service.js'

/** An object as it is kept: its body, the headers that it is given back with, and its ETag with quotes. */
export interface StoredObject {
  readonly bytes: Buffer
  readonly about: JsonObject
  readonly invented: boolean
  /** Of a multipart upload; else the MD5 of the body. */
  readonly etag?: string
  readonly tags?: readonly JsonObject[]
}

// A tombstone tells a deleted object from one that was never put.
const DELETED = Symbol('deleted')
const SHELF = 's3:'
const ABOUT = [
  'ContentType',
  'ContentEncoding',
  'ContentDisposition',
  'ContentLanguage',
  'CacheControl',
  'Metadata',
  'WebsiteRedirectLocation',
  'StorageClass',
  'ServerSideEncryption',
]
export const THEN = '2026-01-01T00:00:00.000Z'

export const shelfOf = (bucket: unknown): string => SHELF + String(bucket)

export const etagOf = ({ etag, bytes }: StoredObject): string => etag ?? `"${createHash('md5').update(bytes).digest('hex')}"`

/** Objects that were put and are still there, in the order of their keys' UTF-8. */
export function keptObjects(store: Store, bucket: unknown): [string, StoredObject][] {
  return store
    .entries<StoredObject | typeof DELETED>(shelfOf(bucket))
    .filter((entry): entry is [string, StoredObject] => entry[1] !== DELETED)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

/** Buckets in which something was put. */
export const knownBuckets = (store: Store): string[] =>
  store
    .shelves(SHELF)
    .map((shelf) => shelf.slice(SHELF.length))
    .sort()

/** What is under a key: undefined only when it was deleted. */
export function objectAt(store: Store, bucket: unknown, key: string): StoredObject | undefined {
  const known = store.get<StoredObject | typeof DELETED>(shelfOf(bucket), key)
  return known === DELETED ? undefined : (known ?? madeUp(key))
}

const isPut = (store: Store, bucket: unknown, key: string): boolean => {
  const known = store.get<StoredObject | typeof DELETED>(shelfOf(bucket), key)
  return known !== undefined && known !== DELETED
}

export const noSuchKey = (Key: string): Answer => refuse('NoSuchKey', 'The specified key does not exist.', 404, { Key })
const failedPrecondition = (Condition: string): Answer =>
  refuse('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, { Condition })

export const getObject = (ask: Ask): Answer => read(ask)

/** The same without a body: a missing key is a bare 404. */
export function headObject(ask: Ask): Answer {
  const answer = read(ask)
  return answer.kind === 'error' && answer.code === 'NoSuchKey' ? refuse('NotFound', 'Not Found', 404) : answer
}

function read({ params, store }: Ask): Answer {
  const key = String(params.Key)
  const problem = keyProblem(key)
  if (problem !== undefined) return problem
  const object = objectAt(store, params.Bucket, key)
  if (object === undefined) return noSuchKey(key)
  const ETag = etagOf(object)
  if (params.IfMatch !== undefined && !matches(params.IfMatch, ETag)) return failedPrecondition('If-Match')
  if (params.IfNoneMatch !== undefined && matches(params.IfNoneMatch, ETag)) return refuse('NotModified', 'Not Modified', 304)
  const slice = ranged(object.bytes, params.Range)
  if (slice === undefined) return refuse('InvalidRange', 'The requested range is not satisfiable', 416)
  const tagged: JsonObject = object.tags === undefined || object.tags.length === 0 ? {} : { TagCount: object.tags.length }
  const value = {
    ...object.about,
    ...tagged,
    ...overridden(params),
    ETag,
    LastModified: THEN,
    AcceptRanges: 'bytes',
    ContentLength: slice.bytes.length,
    ...slice.about,
  }
  return { kind: 'ok', value, invented: object.invented, bytes: slice.bytes }
}

/** `response-content-type` and the like of a presigned URL. */
const overridden = (params: JsonObject): JsonObject =>
  Object.fromEntries(
    ['ContentType', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'CacheControl'].flatMap((name) =>
      params[`Response${name}`] === undefined ? [] : [[name, params[`Response${name}`]!]],
    ),
  )

/** True when a list of ETags (or `*`) names this one. */
const matches = (wanted: unknown, etag: string): boolean =>
  String(wanted)
    .split(',')
    .map((one) => one.trim().replace(/^W\//, '').replaceAll('"', ''))
    .some((one) => one === '*' || one === etag.replaceAll('"', ''))

export function ranged(bytes: Buffer, range: unknown): { bytes: Buffer; about: JsonObject } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(String(range)) ?? []
  if (from === '' && to === '') return { bytes, about: {} }
  const start = from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes.length : Math.min(bytes.length, Number(to) + 1)
  if (start >= end) return undefined
  return { bytes: bytes.subarray(start, end), about: { ContentRange: `bytes ${start}-${end - 1}/${bytes.length}` } }
}

// AWS: a key has at most 1,024 bytes of UTF-8
export function keyProblem(key: string): Answer | undefined {
  return Buffer.byteLength(key) > 1024 ? refuse('KeyTooLongError', 'Your key is too long', 400) : undefined
}

export function putObject({ params, bytes, store }: Ask): Answer {
  return keep(store, params, { bytes, about: aboutOf(params), invented: false, tags: tagsOf(params.Tagging) })
}

/** Headers of a put that are given back with the object. */
export const aboutOf = (params: JsonObject): JsonObject => ({
  ContentType: 'binary/octet-stream',
  ...Object.fromEntries(ABOUT.filter((name) => params[name] !== undefined).map((name) => [name, params[name]!])),
})

/** `a=1&b=2` as tags. */
export const tagsOf = (text: unknown): JsonObject[] =>
  typeof text === 'string' ? [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value })) : []

/** Puts an object when the conditions of the request hold: `If-None-Match: *` means that nothing was put before. */
export function keep(store: Store, params: JsonObject, object: StoredObject): Answer {
  const key = String(params.Key)
  const problem = keyProblem(key)
  if (problem !== undefined) return problem
  const there = isPut(store, params.Bucket, key)
  if (params.IfNoneMatch !== undefined && there) return failedPrecondition('If-None-Match')
  if (params.IfMatch !== undefined) {
    const present = there ? objectAt(store, params.Bucket, key) : undefined
    if (present === undefined) return noSuchKey(key)
    if (!matches(params.IfMatch, etagOf(present))) return failedPrecondition('If-Match')
  }
  store.put(shelfOf(params.Bucket), key, object, object.bytes.length)
  return ok({ ETag: etagOf(object) })
}

export function copyObject({ params, store }: Ask): Answer {
  const source = copySource(params)
  if (source === undefined) return refuse('InvalidArgument', 'Invalid copy source object key')
  const found = objectAt(store, source.bucket, source.key)
  if (found === undefined) return noSuchKey(source.key)
  const about = params.MetadataDirective === 'REPLACE' ? aboutOf(params) : found.about
  const tags = params.TaggingDirective === 'REPLACE' ? tagsOf(params.Tagging) : (found.tags ?? [])
  const answer = keep(store, params, { bytes: found.bytes, about, tags, invented: found.invented })
  return answer.kind === 'error' ? answer : ok({ CopyObjectResult: { ETag: answer.value.ETag!, LastModified: THEN } })
}

export function deleteObject({ params, store }: Ask): Answer {
  store.put(shelfOf(params.Bucket), String(params.Key), DELETED, 0)
  return ok({})
}

export function deleteObjects(ask: Ask): Answer {
  const { Delete } = ask.params
  const objects = isJsonObject(Delete) ? listOf(Delete.Objects).filter(isJsonObject) : []
  const keys = objects.map(({ Key }) => String(Key))
  if (keys.length === 0 || keys.length > 1000) return refuse('MalformedXML', 'The XML you provided was not well-formed')
  for (const Key of keys) deleteObject({ ...ask, params: { ...ask.params, Key } })
  const quiet = isJsonObject(Delete) && String(Delete.Quiet) === 'true'
  return ok({ Deleted: quiet ? [] : keys.map((Key) => ({ Key })) })
}
