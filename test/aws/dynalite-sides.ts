import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import dynalite from 'dynalite'
import { createTargetAws, respond, type TargetAws } from '#src/aws/respond.js'
import type { TableSchema } from '#src/model/index.js'
import type { Operation } from './dynalite-operations.js'
import { TABLES, type Wire } from './dynalite-values.js'

export interface Answered {
  readonly status: number
  readonly body: Wire
}

/** Somebody who answers DynamoDB requests. */
export type Side = (operation: Operation) => Promise<Answered>

const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20260101T000000Z',
}
const target = (name: string) => ({ ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${name}` })

/** The real dynalite, its tables made. */
export async function startDynalite(): Promise<{ ask: Side; close(): Promise<void> }> {
  const server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const ask: Side = async ({ name, params }) => {
    const answer = await fetch(url, { method: 'POST', headers: target(name), body: JSON.stringify(params) })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Wire }
  }
  for (const [name, schema] of Object.entries(TABLES)) await ask({ name: 'CreateTable', params: creation(name, schema) })
  for (const TableName of Object.keys(TABLES))
    for (let tries = 0; tries < 100; tries++) {
      const { body } = await ask({ name: 'DescribeTable', params: { TableName } })
      if ((body['Table'] as Wire)['TableStatus'] === 'ACTIVE') break
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { ask, close }
}

function creation(TableName: string, { keys, types, indexes }: TableSchema): Wire {
  const schema = (names: readonly string[]) =>
    names.map((AttributeName, i) => ({ AttributeName, KeyType: i === 0 ? 'HASH' : 'RANGE' }))
  const made = (global: boolean) =>
    Object.entries(indexes)
      .filter(([, index]) => index.global === global)
      .map(([IndexName, { keys: own, projected }]) => ({
        IndexName,
        KeySchema: schema(own),
        Projection:
          typeof projected === 'string'
            ? { ProjectionType: projected }
            : { ProjectionType: 'INCLUDE', NonKeyAttributes: projected },
      }))
  return {
    TableName,
    KeySchema: schema(keys),
    AttributeDefinitions: Object.entries(types).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    BillingMode: 'PAY_PER_REQUEST',
    ...(made(true).length > 0 ? { GlobalSecondaryIndexes: made(true) } : {}),
    ...(made(false).length > 0 ? { LocalSecondaryIndexes: made(false) } : {}),
  }
}

const PLACE = { region: 'us-east-1', account: '000000000000' }
export const newAws = (): TargetAws => createTargetAws(PLACE, [], TABLES)

/** Our own answers, from the same bytes. */
export function ours(aws: TargetAws): Side {
  return async ({ name, params }) => {
    const request = {
      method: 'POST',
      host: 'dynamodb.us-east-1.amazonaws.com',
      path: '/',
      query: new URLSearchParams(),
      headers: target(name),
      body: Buffer.from(JSON.stringify(params)),
      aborted: false,
    }
    const { answer } = respond(request, aws, 1)
    return { status: answer.status, body: JSON.parse(answer.body.toString('utf8')) as Wire }
  }
}
