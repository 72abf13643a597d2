import type { Json } from '../model/index.js'
import type { Column, ColumnType } from './columns.js'
import { textOf } from './protocol.js'

/** Writes of the MySQL protocol: payloads, not yet numbered. */

export const OK = 0x00
const EOF = 0xfe
const ERR = 0xff
const UTF8MB4 = 45
const BINARY = 63

export function le(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntLE(value, 0, bytes)
  return buffer
}

export function lenenc(value: number): Buffer {
  if (value < 0xfb) return le(value, 1)
  if (value < 0x10000) return Buffer.concat([le(0xfc, 1), le(value, 2)])
  return value < 0x1000000 ? Buffer.concat([le(0xfd, 1), le(value, 3)]) : Buffer.concat([le(0xfe, 1), le(value, 6), le(0, 2)])
}

function lenencText(text: string | Buffer): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([lenenc(bytes.length), bytes])
}

export const okPacket = (status: number, affected = 0, insertId = 0): Buffer =>
  Buffer.concat([le(OK, 1), lenenc(affected), lenenc(insertId), le(status, 2), le(0, 2)])
export const eofPacket = (status: number): Buffer => Buffer.concat([le(EOF, 1), le(0, 2), le(status, 2)])
export const errPacket = (errno: number, state: string, said: string): Buffer =>
  Buffer.concat([le(ERR, 1), le(errno, 2), Buffer.from(`#${state.padEnd(5).slice(0, 5)}${said}`)])

// Column types of the protocol
const TYPES: Readonly<Record<ColumnType, number>> = { text: 253, int: 3, bigint: 8, bool: 1, timestamp: 12, float: 5 }

export function columnPacket({ name, type }: Pick<Column, 'name' | 'type'>): Buffer {
  const names = ['def', '', '', '', name, ''].map(lenencText)
  const charset = type === 'text' ? UTF8MB4 : BINARY
  return Buffer.concat([...names, le(12, 1), le(charset, 2), le(1024, 4), le(TYPES[type], 1), le(0, 2), le(0, 1), le(0, 2)])
}

const plain = (type: ColumnType, value: Json): string => (type === 'bool' ? String(Number(value === true)) : textOf(value))

export const textRow = (columns: readonly Column[], row: readonly Json[]): Buffer =>
  Buffer.concat(columns.map(({ type }, i) => ((row[i] ?? null) === null ? le(0xfb, 1) : lenencText(plain(type, row[i]!)))))

/** A row of a prepared statement: a bitmap of the nulls, then the values. */
export function binaryRow(columns: readonly Column[], row: readonly Json[]): Buffer {
  const nulls = Buffer.alloc((columns.length + 9) >> 3)
  const values = columns.map(({ type }, i) => {
    const value = row[i] ?? null
    if (value !== null) return binary(type, value)
    nulls[(i + 2) >> 3]! |= 1 << ((i + 2) & 7)
    return Buffer.alloc(0)
  })
  return Buffer.concat([le(OK, 1), nulls, ...values])
}

function binary(type: ColumnType, value: Json): Buffer {
  const number = Number(value)
  if (type === 'bool') return le(Number(value === true), 1)
  if (type === 'int') return le((Number.isInteger(number) ? number : 0) >>> 0, 4)
  if (type === 'bigint') {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(Number.isSafeInteger(number) ? number : 0))
    return bytes
  }
  if (type === 'float') {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleLE(number)
    return bytes
  }
  return type === 'timestamp' ? binaryTime(textOf(value)) : lenencText(textOf(value))
}

function binaryTime(text: string): Buffer {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (text.match(/\d+/g) ?? []).map(Number)
  const parts = [month, day, hour, minute, second].map((part) => le(part & 0xff, 1))
  return Buffer.concat([le(7, 1), le(year & 0xffff, 2), ...parts])
}

const CAPABILITIES =
  0x1 | 0x2 | 0x4 | 0x8 | 0x200 | 0x800 | 0x2000 | 0x8000 | 0x10000 | 0x20000 | 0x40000 | 0x80000 | 0x100000 | 0x200000
export const PLUGIN = 'caching_sha2_password'

/** What the server says first. The salt is constant: no password is checked. */
export function handshake(connection: number): Buffer {
  const salt = Buffer.from('eventfuzz-salt-20byt')
  return Buffer.concat([
    le(10, 1),
    Buffer.from('8.0.40\0'),
    le(connection, 4),
    salt.subarray(0, 8),
    le(0, 1),
    le(CAPABILITIES & 0xffff, 2),
    le(UTF8MB4, 1),
    le(2, 2),
    le(CAPABILITIES >>> 16, 2),
    le(21, 1),
    Buffer.alloc(10),
    salt.subarray(8),
    le(0, 1),
    Buffer.from(`${PLUGIN}\0`),
  ])
}
