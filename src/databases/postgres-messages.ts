import type { Json } from '../model/index.js'
import type { Column, ColumnType } from './columns.js'
import { textOf } from './protocol.js'

/** Writes of the PostgreSQL protocol, version 3: one function per message. */
export function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

export const text = (value: string): Buffer => Buffer.from(`${value.replaceAll('\0', '')}\0`)
export const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}
export const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

// Object ids of PostgreSQL's own types, and how many bytes their binary form has
const TYPES: Readonly<Record<ColumnType, readonly [number, number]>> = {
  text: [25, -1],
  int: [23, 4],
  bigint: [20, 8],
  bool: [16, 1],
  timestamp: [1114, 8],
  float: [701, 8],
}

export function rowDescription(columns: readonly Column[], formats: readonly number[]): Buffer {
  const fields = columns.map(({ name, type }, i) => {
    const [oid, size] = TYPES[type]
    return Buffer.concat([text(name), int32(0), int16(0), int32(oid), int16(size), int32(-1), int16(formatOf(formats, i))])
  })
  return message('T', int16(columns.length), ...fields)
}

export function dataRow(columns: readonly Column[], row: readonly Json[], formats: readonly number[]): Buffer {
  const values = columns.map(({ type }, i) => {
    const value = row[i] ?? null
    if (value === null) return int32(-1)
    const bytes = formatOf(formats, i) === 1 ? binary(type, value) : Buffer.from(inText(type, value))
    return Buffer.concat([int32(bytes.length), bytes])
  })
  return message('D', int16(columns.length), ...values)
}

/** None: all text; one: for every column; else one for each. */
const formatOf = (formats: readonly number[], i: number): number => formats[formats.length === 1 ? 0 : i] ?? 0

const inText = (type: ColumnType, value: Json): string => (type === 'bool' ? (value === true ? 't' : 'f') : textOf(value))

const EPOCH_MS = Date.UTC(2000, 0, 1)

function binary(type: ColumnType, value: Json): Buffer {
  const number = Number(value)
  const bytes = Buffer.alloc(Math.max(0, TYPES[type][1]))
  if (type === 'int') bytes.writeInt32BE(Number.isInteger(number) ? number | 0 : 0)
  else if (type === 'bigint') bytes.writeBigInt64BE(BigInt(Number.isSafeInteger(number) ? number : 0))
  else if (type === 'bool') bytes[0] = value === true ? 1 : 0
  else if (type === 'float') bytes.writeDoubleBE(number)
  else if (type === 'timestamp') {
    const at = Date.parse(`${textOf(value).replace(' ', 'T')}Z`)
    bytes.writeBigInt64BE(BigInt(Number.isNaN(at) ? 0 : at - EPOCH_MS) * 1000n)
  } else return Buffer.from(textOf(value))
  return bytes
}

export function errorResponse(code: string, said: string, severity = 'ERROR'): Buffer {
  const fields = { S: severity, V: severity, C: code.slice(0, 5), M: said }
  return message('E', ...Object.entries(fields).map(([name, value]) => text(name + value)), Buffer.from([0]))
}

/** What a server says once the password was taken. */
export function welcome(process: number): Buffer {
  const settings = {
    server_version: '16.4',
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    IntervalStyle: 'postgres',
    TimeZone: 'UTC',
    integer_datetimes: 'on',
    standard_conforming_strings: 'on',
  }
  const parameters = Object.entries(settings).map(([name, value]) => message('S', text(name), text(value)))
  return Buffer.concat([message('R', int32(0)), ...parameters, message('K', int32(process), int32(process)), ready('I')])
}

export type TransactionStatus = 'I' | 'T' | 'E'
export const ready = (status: TransactionStatus): Buffer => message('Z', Buffer.from(status))

/** `INSERT 0 1`, `UPDATE 1`, `CREATE TABLE`. */
export function commandTag(command: string, count: number): Buffer {
  const counted = /^(SELECT|UPDATE|DELETE|MERGE|FETCH|MOVE|SHOW)$/.test(command)
  return message('C', text(command === 'INSERT' ? `INSERT 0 ${count}` : counted ? `${command} ${count}` : command))
}
