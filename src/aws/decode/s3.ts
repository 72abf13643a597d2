import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { AwsRequest } from '../request.js'
import { capText } from './cap.js'
import { decodeAwsChunked } from './chunked.js'
import type { DecodedBody } from './decoded.js'
import { decodePart } from './rest-json.js'
import { s3Operation } from './s3-operation.js'
import { s3Host } from './scope.js'
import { parseXml } from './xml.js'

const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'ContentType',
  'content-encoding': 'ContentEncoding',
  'content-disposition': 'ContentDisposition',
  'content-language': 'ContentLanguage',
  'cache-control': 'CacheControl',
  range: 'Range',
  'if-match': 'IfMatch',
  'if-none-match': 'IfNoneMatch',
  'x-amz-acl': 'ACL',
  'x-amz-copy-source': 'CopySource',
  'x-amz-tagging': 'Tagging',
  'x-amz-metadata-directive': 'MetadataDirective',
  'x-amz-tagging-directive': 'TaggingDirective',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
  'x-amz-server-side-encryption-aws-kms-key-id': 'SSEKMSKeyId',
  'x-amz-storage-class': 'StorageClass',
  'x-amz-website-redirect-location': 'WebsiteRedirectLocation',
  'x-amz-grant-read': 'GrantRead',
  'x-amz-grant-write': 'GrantWrite',
  'x-amz-grant-full-control': 'GrantFullControl',
  'x-amz-grant-read-acp': 'GrantReadACP',
  'x-amz-grant-write-acp': 'GrantWriteACP',
  'x-amz-object-lock-mode': 'ObjectLockMode',
  'x-amz-object-lock-legal-hold': 'ObjectLockLegalHoldStatus',
  'x-amz-object-lock-retain-until-date': 'ObjectLockRetainUntilDate',
  'x-amz-bypass-governance-retention': 'BypassGovernanceRetention',
  'x-amz-expected-bucket-owner': 'ExpectedBucketOwner',
  'x-amz-request-payer': 'RequestPayer',
  'x-amz-mfa': 'MFA',
}
const QUERY: Readonly<Record<string, string>> = {
  prefix: 'Prefix',
  delimiter: 'Delimiter',
  'max-keys': 'MaxKeys',
  'continuation-token': 'ContinuationToken',
  marker: 'Marker',
  'start-after': 'StartAfter',
  versionId: 'VersionId',
  uploadId: 'UploadId',
  partNumber: 'PartNumber',
  'encoding-type': 'EncodingType',
  'fetch-owner': 'FetchOwner',
  'key-marker': 'KeyMarker',
  'max-uploads': 'MaxUploads',
  'max-parts': 'MaxParts',
  'response-content-type': 'ResponseContentType',
  'response-content-disposition': 'ResponseContentDisposition',
  'response-content-encoding': 'ResponseContentEncoding',
  'response-cache-control': 'ResponseCacheControl',
}
const NUMBERS = new Set(['MaxKeys', 'PartNumber', 'MaxUploads', 'MaxParts'])
const HAS_TYPE = new Set(['PutObject', 'CopyObject', 'CreateMultipartUpload'])
const TAKES_BYTES = new Set(['PutObject', 'UploadPart'])

/** REST-XML of S3, virtual-host and path style. */
export function decodeS3(request: AwsRequest): DecodedBody {
  const { bucket, key } = nameOf(request)
  const operation = s3Operation(request, bucket, key)
  const chunked = /aws-chunked/i.test(request.headers['content-encoding'] ?? '')
  const bytes = chunked ? decodeAwsChunked(request.body) : request.body
  const body = bodyParams(operation, bytes)
  const params = {
    ...(bucket === undefined ? {} : { Bucket: bucket }),
    ...(key === undefined ? {} : { Key: key }),
    ...queryParams(request.query),
    ...headerParams(request.headers, HAS_TYPE.has(operation)),
    ...(body ?? {}),
    ...(operation === 'unknown' ? { method: request.method, path: capText(request.path) } : {}),
  }
  return {
    operation,
    protocol: 'rest-xml',
    params,
    bytes,
    problem: body === undefined ? 'The XML you provided was not well-formed' : null,
  }
}

function nameOf({ host, path }: AwsRequest): { bucket?: string; key?: string } {
  const virtual = s3Host(host)?.bucket
  const rest = path.replace(/^\//, '')
  if (virtual !== undefined) return rest === '' ? { bucket: virtual } : { bucket: virtual, key: decodePart(rest) }
  const [bucket = '', ...parts] = rest.split('/')
  if (bucket === '') return {}
  const key = decodePart(parts.join('/'))
  return key === '' ? { bucket: decodePart(bucket) } : { bucket: decodePart(bucket), key }
}

function queryParams(query: URLSearchParams): JsonObject {
  const known = [...query].filter(([name]) => Object.hasOwn(QUERY, name))
  return Object.fromEntries(known.map(([name, value]) => [QUERY[name]!, NUMBERS.has(QUERY[name]!) ? Number(value) : value]))
}

function headerParams(headers: AwsRequest['headers'], hasType: boolean): JsonObject {
  const params: [string, Json][] = []
  const metadata: [string, Json][] = []
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('x-amz-meta-')) metadata.push([name.slice('x-amz-meta-'.length), value])
    else if (name === 'content-encoding') {
      const encoding = value.replace(/,?\s*aws-chunked\s*,?/i, '')
      if (encoding !== '') params.push(['ContentEncoding', encoding])
    } else if (Object.hasOwn(HEADERS, name) && (hasType || name !== 'content-type')) params.push([HEADERS[name]!, value])
  }
  if (metadata.length > 0) params.push(['Metadata', Object.fromEntries(metadata)])
  return Object.fromEntries(params)
}

/** Parameters that stand in the body; undefined when it should be XML and is not. */
function bodyParams(operation: string, bytes: Buffer): JsonObject | undefined {
  if (bytes.length === 0) return {}
  if (TAKES_BYTES.has(operation) || operation === 'unknown') return { Body: capText(bytes.toString('utf8')) }
  const document = parseXml(bytes.toString('utf8'))
  if (document === undefined) return undefined
  return { [document.root === 'CompleteMultipartUpload' ? 'MultipartUpload' : document.root]: lists(document.value) }
}

// Lists of one look like an element: these are lists in the API.
const LISTS: Readonly<Record<string, string>> = { Object: 'Objects', Part: 'Parts', Rule: 'Rules' }

function lists(value: Json): Json {
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => {
      if (Object.hasOwn(LISTS, name)) return [LISTS[name]!, [child].flat() as Json]
      if (name === 'TagSet' && isJsonObject(child)) return ['TagSet', [child.Tag ?? []].flat() as Json]
      return [name, child]
    }),
  )
}
