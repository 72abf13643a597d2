import type { JsonObject } from '../../model/index.js'
import { etagOf, keptObjects, type StoredObject, THEN } from './s3-objects.js'
import { type Answer, type Ask, ok, refuse, textOf } from './service.js'

interface Page {
  readonly contents: readonly [string, StoredObject][]
  readonly prefixes: readonly string[]
  /** The last key or prefix of the page, when there are more. */
  readonly next: string | undefined
}

/** Objects in the order of their keys, those below a delimiter as one common prefix; a page begins behind the last one's end. */
export function listObjects(ask: Ask): Answer {
  const { params } = ask
  const token = textOf(params.ContinuationToken)
  const after = token === undefined ? (textOf(params.StartAfter) ?? '') : positionOf(token)
  if (after === undefined) return refuse('InvalidArgument', 'The continuation token provided is incorrect')
  const { contents, prefixes, next } = pageOf(ask, after)
  return ok({
    ...common(ask, contents, prefixes),
    KeyCount: contents.length + prefixes.length,
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { NextContinuationToken: Buffer.from(next).toString('base64') }),
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(textOf(params.StartAfter) === undefined ? {} : { StartAfter: params.StartAfter! }),
  })
}

/** The older way: the next page begins behind a marker. */
export function listObjectsV1(ask: Ask): Answer {
  const { contents, prefixes, next } = pageOf(ask, textOf(ask.params.Marker) ?? '')
  return ok({
    ...common(ask, contents, prefixes),
    Marker: textOf(ask.params.Marker) ?? '',
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { NextMarker: next }),
  })
}

/** One version an object: buckets here keep no older ones. */
export function listVersions(ask: Ask): Answer {
  const { contents, prefixes, next } = pageOf(ask, textOf(ask.params.KeyMarker) ?? '')
  const { Contents: _none, ...rest } = common(ask, contents, prefixes)
  const Versions = contents.map((entry) => ({ ...described(entry), VersionId: 'null', IsLatest: true }))
  return ok({ ...rest, Versions, IsTruncated: next !== undefined, ...(next === undefined ? {} : { NextKeyMarker: next }) })
}

function positionOf(token: string): string | undefined {
  const text = Buffer.from(token, 'base64').toString('utf8')
  return Buffer.from(text).toString('base64') === token ? text : undefined
}

const isAfter = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) > 0

function pageOf({ params, store }: Ask, after: string): Page {
  const prefix = textOf(params.Prefix) ?? ''
  const delimiter = textOf(params.Delimiter)
  const contents: [string, StoredObject][] = []
  const prefixes: string[] = []
  let last = ''
  for (const [key, object] of keptObjects(store, params.Bucket)) {
    if (!key.startsWith(prefix)) continue
    const cut = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length)
    const group = cut < 0 ? undefined : key.slice(0, cut + delimiter!.length)
    const position = group ?? key
    if (!isAfter(position, after) || position === last) continue
    // One more than fits tells that there are more.
    if (contents.length + prefixes.length >= mostOf(params)) return { contents, prefixes, next: last === '' ? undefined : last }
    if (group === undefined) contents.push([key, object])
    else prefixes.push(group)
    last = position
  }
  return { contents, prefixes, next: undefined }
}

// AWS: at most 1,000 a page; none asked for is none given, and no next page
function mostOf({ MaxKeys }: JsonObject): number {
  const wanted = Number(MaxKeys ?? 1000)
  return Number.isFinite(wanted) && wanted >= 0 ? Math.min(1000, wanted) : 1000
}

function common({ params }: Ask, contents: Page['contents'], prefixes: Page['prefixes']): JsonObject {
  const named = (name: string): string => (params.EncodingType === 'url' ? encodeURIComponent(name).replaceAll('%2F', '/') : name)
  return {
    Name: params.Bucket ?? '',
    Prefix: named(textOf(params.Prefix) ?? ''),
    MaxKeys: mostOf(params),
    ...(textOf(params.Delimiter) === undefined ? {} : { Delimiter: params.Delimiter! }),
    ...(params.EncodingType === undefined ? {} : { EncodingType: params.EncodingType }),
    Contents: contents.map(([key, object]) => described([named(key), object])),
    CommonPrefixes: prefixes.map((prefix) => ({ Prefix: named(prefix) })),
  }
}

const described = ([Key, object]: [string, StoredObject]): JsonObject => ({
  Key,
  LastModified: THEN,
  ETag: etagOf(object),
  Size: object.bytes.length,
  StorageClass: 'STANDARD',
})
