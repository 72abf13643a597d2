import { setAt } from '../generate/index.js'
import { getAt, isJsonObject, type Json, type JsonObject, SLOT } from '../model/index.js'
import { ACCOUNT, EPOCH, REGION, UUID } from './envelope.js'

/** What PutEvents is given, beside what EventBridge adds. */
export interface PutEvent {
  readonly source: string
  readonly detailType: string
  readonly detail: Json
  readonly resources: readonly string[]
  readonly id: string
  readonly time: number
  readonly account: string
}

export const eventbridgeTemplate = (): JsonObject => ({
  source: 'my.app',
  detailType: SLOT,
  detail: {},
  resources: [],
  id: UUID,
  time: EPOCH,
  account: ACCOUNT,
})

export function eventbridgeEvent(input: Json): JsonObject {
  const wire = input as unknown as PutEvent
  return {
    version: '0',
    id: wire.id,
    'detail-type': wire.detailType,
    source: wire.source,
    account: wire.account,
    time: bySecond(wire.time),
    region: REGION,
    resources: wire.resources,
    detail: wire.detail,
  }
}

/** EventBridge writes times without milliseconds. */
export const bySecond = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')

export function supplyDetail(wire: Json, at: string, path: string, value: Json): Json | undefined {
  return path.startsWith('/detail/') && isJsonObject(getAt(wire, `${at}/detail`)) ? setAt(wire, at + path, value) : undefined
}
