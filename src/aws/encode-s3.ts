import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { escapeXml, writeXml } from './decode/xml.js'
import type { HttpAnswer } from './encode.js'
import type { Answer } from './services/service.js'

const HEADERS: Readonly<Record<string, string>> = {
  ETag: 'etag',
  ContentType: 'content-type',
  ContentEncoding: 'content-encoding',
  ContentDisposition: 'content-disposition',
  ContentLanguage: 'content-language',
  CacheControl: 'cache-control',
  LastModified: 'last-modified',
  AcceptRanges: 'accept-ranges',
  ContentRange: 'content-range',
  VersionId: 'x-amz-version-id',
  DeleteMarker: 'x-amz-delete-marker',
  ServerSideEncryption: 'x-amz-server-side-encryption',
}
// Operations whose answer has an XML body; of all others every member is a header.
const ROOTS: Readonly<Record<string, string>> = {
  ListObjectsV2: 'ListBucketResult',
  ListObjects: 'ListBucketResult',
  ListBuckets: 'ListAllMyBucketsResult',
  DeleteObjects: 'DeleteResult',
  CreateMultipartUpload: 'InitiateMultipartUploadResult',
  CompleteMultipartUpload: 'CompleteMultipartUploadResult',
  ListParts: 'ListPartsResult',
  GetObjectTagging: 'Tagging',
  GetBucketTagging: 'Tagging',
  GetObjectAcl: 'AccessControlPolicy',
  GetBucketAcl: 'AccessControlPolicy',
  ListObjectVersions: 'ListVersionsResult',
  ListMultipartUploads: 'ListMultipartUploadsResult',
  GetBucketVersioning: 'VersioningConfiguration',
  GetObjectAttributes: 'GetObjectAttributesResponse',
  GetBucketLocation: 'LocationConstraint',
}
// Lists that are wrapped: <Buckets><Bucket/></Buckets>; all others only repeat their element.
const WRAPPED: Readonly<Record<string, string>> = { Buckets: 'Bucket', TagSet: 'Tag', Grants: 'Grant' }
// Elements with another name than the API's member
const ELEMENTS: Readonly<Record<string, string>> = {
  Errors: 'Error',
  Parts: 'Part',
  Versions: 'Version',
  DeleteMarkers: 'DeleteMarker',
  Uploads: 'Upload',
}
const NO_CONTENT = new Set(['DeleteObject', 'AbortMultipartUpload', 'DeleteObjectTagging'])
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** An S3 answer: the object itself, an XML document, or headers only. */
export function encodeS3(operation: string, answer: Answer, method: string, id: string): HttpAnswer {
  const common = { 'x-amz-request-id': id, 'x-amz-id-2': id }
  if (answer.kind === 'error') return errorAnswer(answer, method, common)
  if (operation === 'CopyObject') return xmlAnswer('CopyObjectResult', answer.value.CopyObjectResult ?? {}, common)
  if (Object.hasOwn(ROOTS, operation)) return xmlAnswer(ROOTS[operation]!, documentOf(operation, answer.value), common)
  const bytes = answer.bytes ?? payloadOf(answer.value)
  const headers = {
    ...common,
    ...headersOf(answer.value),
    ...(bytes === undefined ? {} : { 'content-length': String(bytes.length) }),
  }
  const status = NO_CONTENT.has(operation) ? 204 : answer.value.ContentRange === undefined ? 200 : 206
  return { status, headers, body: method === 'HEAD' ? Buffer.alloc(0) : (bytes ?? Buffer.alloc(0)) }
}

/** A fixture's `Body`: text as it is, anything else as JSON. */
function payloadOf({ Body }: JsonObject): Buffer | undefined {
  if (Body === undefined) return undefined
  return Buffer.from(typeof Body === 'string' ? Body : JSON.stringify(Body))
}

function headersOf(value: JsonObject): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, member] of Object.entries(value)) {
    if (Object.hasOwn(HEADERS, name)) headers[HEADERS[name]!] = headerText(member)
  }
  const metadata = isJsonObject(value.Metadata) ? value.Metadata : {}
  for (const [name, member] of Object.entries(metadata)) {
    if (/^[a-z0-9!#$%&'*+.^_`|~-]{1,256}$/i.test(name)) headers[`x-amz-meta-${name.toLowerCase()}`] = headerText(member)
  }
  return headers
}

// What was put is echoed: it must not be able to break our own header section.
const headerText = (value: Json): string => String(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, '')

function documentOf(operation: string, value: JsonObject): Json {
  if (operation === 'GetBucketLocation') return value.LocationConstraint ?? ''
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [ELEMENTS[name] ?? name, child]))
}

function xmlAnswer(root: string, value: Json, common: Record<string, string>): HttpAnswer {
  const children = writeXml(value, (list) => WRAPPED[list])
  const body = Buffer.from(`${XML}<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${children}</${root}>`)
  return { status: 200, headers: { ...common, 'content-type': 'application/xml' }, body }
}

function errorAnswer(answer: Extract<Answer, { kind: 'error' }>, method: string, common: Record<string, string>): HttpAnswer {
  const extra = Object.entries(answer.extra ?? {}).map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
  const body = `${XML}<Error><Code>${escapeXml(answer.code)}</Code><Message>${escapeXml(answer.message)}</Message>${extra.join('')}</Error>`
  return {
    status: answer.status,
    headers: { ...common, 'content-type': 'application/xml' },
    body: method === 'HEAD' ? Buffer.alloc(0) : Buffer.from(body),
  }
}
