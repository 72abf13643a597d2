import type { StoredObject } from './s3-objects.js'

// By extension: content type and text
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

// An archive with `example.txt` in it, and the same text in gzip
const BYTES: Readonly<Record<string, readonly [string, string]>> = {
  zip: [
    'application/zip',
    'UEsDBBQAAAAAAAAAIVzdZAlSCAAAAAgAAAALAAAAZXhhbXBsZS50eHRleGFtcGxlClBLAQIUAxQAAAAAAAAAIVzdZAlSCAAAAAgAAAALAAAAAAAAAAAAAACkAQAAAABleGFtcGxlLnR4dFBLBQYAAAAAAQABADkAAAAxAAAAAAA=',
  ],
  gz: ['application/gzip', 'H4sIAAAAAAACA0utSMwtyEnlAgDdZAlSCAAAAA=='],
}

/** The body of an object that was never put: small, and of the kind that its key promises. */
export function madeUp(key: string): StoredObject {
  const extension = /\.([a-z]+)$/i.exec(key)?.[1]?.toLowerCase() ?? ''
  if (Object.hasOwn(BYTES, extension)) {
    const [ContentType, bytes] = BYTES[extension]!
    return { bytes: Buffer.from(bytes, 'base64'), about: { ContentType }, invented: true }
  }
  const [type, text] = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension]! : ['text/plain', 'example\n']
  return { bytes: Buffer.from(text), about: { ContentType: type }, invented: true }
}
