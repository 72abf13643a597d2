import { type Cell, dynamodb, put, raw, v3 } from './cells.js'

/** Calls that no request shows, that somebody else makes, or that are made in another process. */
export const beyond: readonly Cell[] = [
  {
    name: 'Presigned URL of SDK v3, only made',
    ...{ ...v3, cell: 'presigned', ...put, operation: 'GetObject', line: "'cell-presigned'", via: 'presign' },
  },
  {
    name: 'Presigned URL of SDK v3, fetched',
    ...{ ...v3, cell: 'fetched', ...put, operation: 'GetObject', line: 'fetch-fetched' },
    note: 'one call, not two',
  },
  {
    name: 'Presigned URL of SDK v3, bundled and minified',
    ...{ file: 'v3.cjs', bundle: 'minified', cell: 'presigned', ...put, operation: 'GetObject', line: '"cell-presigned"' },
    via: 'presign',
  },
  {
    name: 'Presigned URL of SDK v2',
    ...{ file: 'v2.cjs', cell: 'presigned', ...put, operation: 'GetObject', line: "'cell-presigned'", via: 'presign' },
  },
  {
    name: 'Presigned URL of SDK v2, signature version 2',
    ...{ file: 'v2.cjs', cell: 'old', ...put, operation: 'GetObject', line: "'cell-old'", via: 'presign' },
  },
  {
    name: 'Token for a database (`@aws-sdk/rds-signer`)',
    ...{ ...v3, cell: 'token', service: 'rds-db', operation: 'connect', param: 'DBUser', line: "'cell-token'", via: 'token' },
  },
  {
    name: 'Secrets extension (port 2773)',
    ...{
      ...raw,
      cell: 'secret',
      service: 'secretsmanager',
      operation: 'GetSecretValue',
      param: 'SecretId',
      line: 'request.end(body)',
    },
  },
  {
    name: 'Parameters extension (port 2773)',
    ...{ ...raw, cell: 'parameter', service: 'ssm', operation: 'GetParameter', param: 'Name', line: 'request.end(body)' },
  },
  {
    name: 'AppConfig extension (port 2772)',
    ...{ ...raw, cell: 'configuration', service: 'appconfig', operation: 'GetLatestConfiguration' },
    ...{ param: 'ConfigurationToken', line: 'request.end(body)', mark: '/e/c' },
  },
  {
    name: 'Presigned POST to S3',
    ...{ ...raw, cell: 'form', ...put, line: "createHmac('sha256', key)", via: 'presign', mark: '/*' },
  },
  {
    name: 'Worker thread',
    ...{ ...raw, cell: 'worker', ...dynamodb, source: 'in-worker.mjs', line: "'cell-worker'", strong: true },
    note: 'strong sandbox; elsewhere threads are refused',
  },
  {
    name: 'Worker thread kept between events',
    ...{ ...raw, cell: 'pooled', ...dynamodb, source: 'in-pool.mjs', line: "'cell-pool'", strong: true },
    note: 'strong sandbox; belongs to the event that posted last',
  },
  {
    name: 'Child process (`spawn` of node)',
    ...{ ...raw, cell: 'child', ...dynamodb, source: 'in-child.mjs', line: "'cell-child'", strong: true },
    note: '`--execute-sinks`',
  },
  {
    name: 'Child process (`fork`)',
    ...{ ...raw, cell: 'forked', ...dynamodb, source: 'in-child.mjs', line: "'cell-child'", strong: true },
    note: '`--execute-sinks`',
  },
]
