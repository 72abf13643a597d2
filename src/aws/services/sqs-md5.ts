import { createHash } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../model/index.js'

export const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex')

/** AWS: names sorted; for each, length-prefixed name, data type, one octet for the transport type, and value. */
export function attributesMd5(attributes: JsonObject): string {
  const parts: Buffer[] = []
  for (const name of Object.keys(attributes).sort()) {
    const attribute = attributes[name]
    if (!isJsonObject(attribute)) continue
    const binary = typeof attribute.BinaryValue === 'string'
    const value = binary ? Buffer.from(String(attribute.BinaryValue), 'base64') : Buffer.from(String(attribute.StringValue ?? ''))
    parts.push(
      prefixed(Buffer.from(name)),
      prefixed(Buffer.from(String(attribute.DataType))),
      Buffer.from([binary ? 2 : 1]),
      prefixed(value),
    )
  }
  return md5(Buffer.concat(parts))
}

function prefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
