import type { Json, JsonObject } from '../model/index.js'

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEAD_BYTES = 16
const CHECKSUM = 1
const MORE_TO_COME = 2

/** One message of a client. */
export interface Message {
  readonly id: number
  readonly kind: 'query' | 'msg'
  /** Nobody waits for an answer. */
  readonly silent: boolean
  /** The command, with its document sequences as lists. */
  documents(read: (bytes: Buffer) => JsonObject): JsonObject
}

/** Throws RangeError for what is no message that a driver of today sends. */
export function readMessage(bytes: Buffer): Message {
  const id = bytes.readInt32LE(4)
  const code = bytes.readInt32LE(12)
  if (code === OP_QUERY) return { id, kind: 'query', silent: false, documents: (read) => read(queryOf(bytes)) }
  if (code !== OP_MSG || bytes.length < HEAD_BYTES + 5) throw new RangeError('a message of a kind that is not answered')
  const flags = bytes.readUInt32LE(HEAD_BYTES)
  const body = bytes.subarray(HEAD_BYTES + 4, (flags & CHECKSUM) === 0 ? bytes.length : bytes.length - 4)
  return { id, kind: 'msg', silent: (flags & MORE_TO_COME) !== 0, documents: (read) => commandOf(body, read) }
}

/** Flags, the name of a collection, how many to skip and to return; then the document. */
function queryOf(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0, HEAD_BYTES + 4)
  if (end === -1) throw new RangeError('a name without its end')
  return sized(bytes, end + 9)
}

function commandOf(body: Buffer, read: (bytes: Buffer) => JsonObject): JsonObject {
  let command: JsonObject = {}
  for (let at = 0; at < body.length; ) {
    const kind = body[at]
    const section = sized(body, at + 1)
    at += 1 + section.length
    if (kind === 0) command = { ...command, ...read(section) }
    else if (kind === 1) command = { ...command, ...sequenceOf(section, read) }
    else throw new RangeError('a section of no known kind')
  }
  return command
}

function sequenceOf(section: Buffer, read: (bytes: Buffer) => JsonObject): JsonObject {
  const end = section.indexOf(0, 4)
  if (end === -1) throw new RangeError('a name without its end')
  const documents: Json[] = []
  for (let at = end + 1; at < section.length; ) {
    const document = sized(section, at)
    documents.push(read(document))
    at += document.length
  }
  return { [section.toString('utf8', 4, end)]: documents }
}

/** What says its own length in its first four bytes. */
function sized(bytes: Buffer, at: number): Buffer {
  const length = bytes.readInt32LE(at)
  if (length < 5 || at + length > bytes.length) throw new RangeError('a part that is longer than its message')
  return bytes.subarray(at, at + length)
}

/** The answer to a message, in the form that it came in. */
export function reply({ id, kind }: Message, document: Buffer): Buffer {
  // OP_MSG: no flags, one section of kind 0. OP_REPLY: flags, a cursor of 8 bytes, where it starts, how many documents.
  const before = kind === 'msg' ? Buffer.alloc(5) : Buffer.alloc(20)
  if (kind === 'query') before.writeInt32LE(1, 16)
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeInt32LE(HEAD_BYTES + before.length + document.length, 0)
  head.writeInt32LE(id, 8)
  head.writeInt32LE(kind === 'msg' ? OP_MSG : OP_REPLY, 12)
  return Buffer.concat([head, before, document])
}
