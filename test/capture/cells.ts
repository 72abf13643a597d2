import type { AwsCall } from '#src/model/index.js'

/** One way in which functions call AWS, and what has to be known of the call. */
export interface Cell {
  /** As the documentation says it. */
  readonly name: string
  /** Handler file below test/capture/handlers; bundles are made of it. */
  readonly file: string
  readonly bundle?: 'plain' | 'minified' | 'mapped'
  /** Which of the handler's cells; the handler has one only when left out. */
  readonly cell?: string
  readonly service: string
  readonly operation: string
  /** Parameter that holds the mark of the event. */
  readonly param: string
  /** Text of the source line that makes the call, in `source` or the handler file. */
  readonly line: string
  readonly source?: string
  readonly via?: AwsCall['via']
  readonly answeredBy?: string
  /** Made while the file loads, so that no execution can own it. */
  readonly atLoad?: true
  /** Runs a process or a thread of its own: only the strong sandbox lets it. */
  readonly strong?: true
  /** What a reader of the table should know. */
  readonly note?: string
  readonly region?: string
  /** What stands behind the mark. */
  readonly mark?: string
  readonly resource?: string
}

export const dynamodb = { service: 'dynamodb', operation: 'GetItem', param: 'Key/id/S' }
export const put = { service: 's3', operation: 'PutObject', param: 'Key' }
export const v3 = { file: 'v3.cjs' }
export const raw = { file: 'raw.mjs' }

/** Requests that the process makes itself. */
export const requests: readonly Cell[] = [
  { name: 'SDK v3, CommonJS', ...v3, cell: 'get', ...dynamodb, line: "'cell-get'" },
  { name: 'SDK v3, promise handed back without `await`', ...v3, cell: 'returned', ...dynamodb, line: "'cell-returned'" },
  { name: 'SDK v3, ES modules', file: 'v3.mjs', ...dynamodb, line: "'cell-get'" },
  { name: 'SDK v3, TypeScript', file: 'v3-typed.ts', ...dynamodb, line: "'cell-get'" },
  { name: 'SDK v3, bundled by esbuild', file: 'v3.mjs', bundle: 'plain', ...dynamodb, line: '"cell-get"' },
  { name: 'SDK v3, bundled and minified', file: 'v3.mjs', bundle: 'minified', ...dynamodb, line: '"cell-get"' },
  { name: 'SDK v3, bundled with a source map', file: 'v3-typed.ts', bundle: 'mapped', ...dynamodb, line: "'cell-get'" },
  { name: 'SDK v2, promise', file: 'v2.cjs', cell: 'promise', ...dynamodb, line: "'cell-promise'" },
  { name: 'SDK v2, callback', file: 'v2.cjs', cell: 'callback', ...dynamodb, line: "'cell-callback'" },
  { name: 'SDK v2, bundled', file: 'v2.cjs', bundle: 'plain', cell: 'promise', ...dynamodb, line: '"cell-promise"' },
  { name: '`https.request`, signed by hand', ...raw, cell: 'https', ...dynamodb, line: 'request.end(body)' },
  { name: '`fetch`, signed by hand', ...raw, cell: 'fetch', ...dynamodb, line: 'line-fetch' },
  { name: '`http2.connect`, signed by hand', ...raw, cell: 'http2', ...dynamodb, line: 'cell-raw2' },
  {
    name: 'HTTP/2 of SDK v3 (Kinesis)',
    ...{ ...v3, cell: 'http2', service: 'kinesis', operation: 'PutRecord', param: 'PartitionKey', line: "'cell-http2'" },
  },
  { name: 'Endpoint fixed in the code', ...v3, cell: 'fixed', ...dynamodb, line: "'cell-fixed'", region: 'eu-central-1' },
  {
    name: 'SQS queue URL of another region and account',
    ...{ ...v3, cell: 'queue', service: 'sqs', operation: 'SendMessage', param: 'MessageBody', line: '// cell-queue' },
    resource: 'arn:aws:sqs:ap-south-1:210987654321:cell-queue',
  },
  { name: 'S3, bucket in the host', ...v3, cell: 'virtual', ...put, line: "'cell-virtual'" },
  { name: 'S3, bucket in the path', ...v3, cell: 'path', ...put, line: "'cell-path'" },
  { name: 'S3, transfer acceleration', ...v3, cell: 'accelerate', ...put, line: "'cell-accelerate'" },
  { name: 'S3, dual stack', ...v3, cell: 'dualstack', ...put, line: "'cell-dualstack'" },
  { name: 'S3, endpoint of another region', ...v3, cell: 'endpoint', ...put, line: "'cell-endpoint'" },
  { name: 'Agent with keep-alive and its own CA list', ...v3, cell: 'twice', ...dynamodb, line: "'cell-twice'" },
  { name: 'After the answer', ...v3, cell: 'late', ...dynamodb, line: "'cell-late'" },
  {
    name: 'While the file loads',
    ...{ ...v3, cell: 'init', ...dynamodb, line: "'cell-init'", atLoad: true },
    note: 'belongs to no event',
  },
]
