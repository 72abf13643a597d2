import type { JsonObject } from '../../model/index.js'
import { decodePart } from '../decode/rest-json.js'

/** `CopySource` taken apart: `/bucket/key?versionId=v`, percent-encoded. */
export function copySource({ CopySource }: JsonObject): { bucket: string; key: string; versionId?: string } | undefined {
  if (typeof CopySource !== 'string') return undefined
  const [, path = '', versionId] = /^\/?([\s\S]*?)(?:\?versionId=([\s\S]*))?$/.exec(CopySource)!
  const [bucket = '', ...key] = decodePart(path).split('/')
  return key.length === 0 ? undefined : { bucket, key: key.join('/'), ...(versionId === undefined ? {} : { versionId }) }
}
