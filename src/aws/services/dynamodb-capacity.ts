import type { JsonObject } from '../../model/index.js'

/** Bytes that one table had to read or write. */
export interface Used {
  readonly table: string
  readonly bytes: number
}

export const READ_UNIT = 4096
export const WRITE_UNIT = 1024

/** `ConsumedCapacity` of one table when the request asks for it, else nothing. */
export function consumed(params: JsonObject, table: string, units: number): JsonObject {
  return wants(params) ? { ConsumedCapacity: capacity(params, table, units) } : {}
}

/** `ConsumedCapacity` of a batch or transaction: one entry a table. */
export function consumedByTable(params: JsonObject, units: ReadonlyMap<string, number>): JsonObject {
  return wants(params) ? { ConsumedCapacity: [...units].map(([table, each]) => capacity(params, table, each)) } : {}
}

const wants = ({ ReturnConsumedCapacity: wish }: JsonObject): boolean => wish === 'TOTAL' || wish === 'INDEXES'

const capacity = (params: JsonObject, TableName: string, CapacityUnits: number): JsonObject => ({
  TableName,
  CapacityUnits,
  ...(params.ReturnConsumedCapacity === 'INDEXES' ? { Table: { CapacityUnits } } : {}),
})

/** AWS: half a unit for 4 KB read, a whole one when consistent, two in a transaction; at least one step. */
export const readUnits = (bytes: number, factor: number): number => Math.max(1, Math.ceil(bytes / READ_UNIT)) * factor

export const writeUnits = (bytes: number, factor = 1): number => Math.max(1, Math.ceil(bytes / WRITE_UNIT)) * factor
