import { createHash, randomBytes } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../model/index.js'
import { copySource } from './s3-copy-source.js'
import { aboutOf, etagOf, keep, keyProblem, noSuchKey, objectAt, ranged, type StoredObject, THEN, tagsOf } from './s3-objects.js'
import { type Answer, type Ask, listOf, ok, refuse } from './service.js'

interface Upload {
  readonly bucket: string
  readonly key: string
  readonly about: JsonObject
  readonly tags: readonly JsonObject[]
}

const UPLOADS = 's3-uploads'

const partsOf = ({ UploadId }: JsonObject): string => `s3-upload:${String(UploadId)}`
const partOf = (bytes: Buffer): StoredObject => ({ bytes, about: {}, invented: false })

export function createUpload({ params, store }: Ask): Answer {
  const { Bucket = '', Key = '' } = params
  const problem = keyProblem(String(Key))
  if (problem !== undefined) return problem
  const UploadId = randomBytes(16).toString('hex')
  const upload: Upload = { bucket: String(Bucket), key: String(Key), about: aboutOf(params), tags: tagsOf(params.Tagging) }
  store.put(UPLOADS, UploadId, upload, 1024)
  return ok({ Bucket, Key, UploadId })
}

/** The upload that a request means, or why there is none. */
function uploadOf({ params, store }: Ask): { upload: Upload } | { refusal: Answer } {
  const upload = store.get<Upload>(UPLOADS, String(params.UploadId))
  if (upload !== undefined && upload.bucket === String(params.Bucket) && upload.key === String(params.Key)) return { upload }
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.'
  return { refusal: refuse('NoSuchUpload', message, 404, { UploadId: String(params.UploadId) }) }
}

export function uploadPart(ask: Ask): Answer {
  const found = uploadOf(ask)
  if ('refusal' in found) return found.refusal
  const { params, store, bytes } = ask
  const number = Number(params.PartNumber)
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    return refuse('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive')
  store.put(partsOf(params), String(number), bytes, bytes.length)
  return ok({ ETag: etagOf(partOf(bytes)) })
}

export function uploadPartCopy(ask: Ask): Answer {
  const source = copySource(ask.params)
  if (source === undefined) return refuse('InvalidArgument', 'Invalid copy source object key')
  const object = objectAt(ask.store, source.bucket, source.key)
  if (object === undefined) return noSuchKey(source.key)
  const slice = ranged(object.bytes, ask.params.CopySourceRange)
  if (slice === undefined) return refuse('InvalidRange', 'The requested range is not satisfiable', 416)
  const answer = uploadPart({ ...ask, bytes: slice.bytes })
  return answer.kind === 'error' ? answer : ok({ CopyPartResult: { ETag: answer.value.ETag!, LastModified: THEN } })
}

const sortedParts = ({ params, store }: Ask): [number, Buffer][] =>
  store
    .entries<Buffer>(partsOf(params))
    .map(([number, bytes]): [number, Buffer] => [Number(number), bytes])
    .sort(([a], [b]) => a - b)

/** Puts the named parts together; they must be there, be the ones that were uploaded, and stand in order. */
export function completeUpload(ask: Ask): Answer {
  const found = uploadOf(ask)
  if ('refusal' in found) return found.refusal
  const { params, store } = ask
  const named = isJsonObject(params.MultipartUpload) ? listOf(params.MultipartUpload.Parts).filter(isJsonObject) : []
  if (named.length === 0) return refuse('MalformedXML', 'The XML you provided was not well-formed or did not validate')
  const kept = new Map(sortedParts(ask))
  const parts: Buffer[] = []
  let last = 0
  for (const { PartNumber, ETag } of named) {
    const part = kept.get(Number(PartNumber))
    if (part === undefined || (ETag !== undefined && unquoted(ETag) !== unquoted(etagOf(partOf(part)))))
      return refuse('InvalidPart', 'One or more of the specified parts could not be found.')
    if (Number(PartNumber) <= last) return refuse('InvalidPartOrder', 'The list of parts was not in ascending order.')
    last = Number(PartNumber)
    parts.push(part)
  }
  return completed(ask, found.upload, parts, store)
}

function completed({ params }: Ask, upload: Upload, parts: readonly Buffer[], store: Ask['store']): Answer {
  // AWS: the MD5 of the parts' MD5s, and how many they are
  const sums = parts.map((part) => createHash('md5').update(part).digest())
  const etag = `"${createHash('md5').update(Buffer.concat(sums)).digest('hex')}-${parts.length}"`
  const { Bucket = '', Key = '' } = params
  // The parts go first, so that they do not weigh twice.
  store.empty(partsOf(params))
  store.remove(UPLOADS, String(params.UploadId))
  const answer = keep(store, params, {
    bytes: Buffer.concat(parts),
    about: upload.about,
    tags: upload.tags,
    invented: false,
    etag,
  })
  if (answer.kind === 'error') return answer
  return ok({ Location: `https://${String(Bucket)}.s3.amazonaws.com/${String(Key)}`, Bucket, Key, ETag: etag })
}

const unquoted = (etag: unknown): string => String(etag).replaceAll('"', '').replaceAll('&quot;', '')

export function abortUpload(ask: Ask): Answer {
  const found = uploadOf(ask)
  if ('refusal' in found) return found.refusal
  ask.store.empty(partsOf(ask.params))
  ask.store.remove(UPLOADS, String(ask.params.UploadId))
  return ok({})
}

export function listParts(ask: Ask): Answer {
  const found = uploadOf(ask)
  if ('refusal' in found) return found.refusal
  const { Bucket = '', Key = '', UploadId = '' } = ask.params
  const after = Number(ask.params.PartNumberMarker ?? 0) || 0
  const most = Math.max(1, Math.min(1000, Number(ask.params.MaxParts ?? 1000) || 1000))
  const left = sortedParts(ask).filter(([number]) => number > after)
  const Parts = left.slice(0, most).map(([PartNumber, bytes]) => ({
    PartNumber,
    ETag: etagOf(partOf(bytes)),
    Size: bytes.length,
    LastModified: THEN,
  }))
  const IsTruncated = left.length > most
  return ok({
    Bucket,
    Key,
    UploadId,
    Parts,
    MaxParts: most,
    IsTruncated,
    ...(IsTruncated ? { NextPartNumberMarker: String(Parts.at(-1)!.PartNumber) } : {}),
  })
}

/** All uploads of a bucket that are under way, on one page. */
export function listUploads({ params, store }: Ask): Answer {
  const Uploads = store
    .entries<Upload>(UPLOADS)
    .filter(([, { bucket }]) => bucket === String(params.Bucket))
    .slice(0, 1000)
    .map(([UploadId, { key }]) => ({ Key: key, UploadId, Initiated: THEN }))
  return ok({ Bucket: params.Bucket ?? '', Uploads, IsTruncated: false })
}
