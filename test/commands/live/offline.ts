import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { ROOT, shopWithout } from '../shop.js'

const HOME = path.join(ROOT, 'test/serverless-offline')
export const isInstalled = existsSync(path.join(HOME, 'node_modules/serverless/bin/serverless.js'))

/** The shop in serverless-offline: another author's Lambda, with a real shell and a DynamoDB that is no stub of ours. */
export interface OfflineShop extends AsyncDisposable {
  readonly dir: string
  readonly endpoint: string
}

export async function offlineShop(): Promise<OfflineShop> {
  const dir = shopWithout('offline', [])
  copyFileSync(path.join(HOME, 'serverless.yml'), path.join(dir, 'serverless.yml'))
  mkdirSync(path.join(dir, 'node_modules'), { recursive: true })
  symlinkSync(path.join(HOME, 'node_modules/serverless-offline'), path.join(dir, 'node_modules/serverless-offline'))
  const [tables, others, port] = [await tablesOf(), await otherServices(), await freePort()]
  const env = {
    ...process.env,
    ...{ SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' },
    ...{ AWS_ENDPOINT_URL: others.url, AWS_ENDPOINT_URL_DYNAMODB: tables.url, PATH: `${tools(dir)}:${process.env['PATH']}` },
  }
  const args = ['offline', 'start', '--host', '127.0.0.1', '--httpPort', String(await freePort()), '--lambdaPort', String(port)]
  const child = spawn(process.execPath, [path.join(HOME, 'node_modules/serverless/bin/serverless.js'), ...args], {
    cwd: dir,
    env,
  })
  await listening(child)
  return {
    dir,
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await Promise.all([tables.close(), others.close()])
    },
  }
}

async function listening(child: ChildProcess): Promise<void> {
  let output = ''
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (output.includes('Function names exposed')) resolve()
      })
    child.once('close', (code) => reject(new Error(`serverless-offline ended with ${code}: ${output}`)))
  })
}

async function freePort(): Promise<number> {
  const server = http.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Programs that the image of the thumbnails function has, as far as it looks at what they print. */
function tools(dir: string): string {
  const bin = path.join(dir, 'bin')
  mkdirSync(bin)
  for (const [name, text] of [
    ['exiftool', ''],
    ['identify', 'echo 1 1'],
    ['convert', 'echo image'],
  ] as const) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`)
    chmodSync(path.join(bin, name), 0o755)
  }
  return bin
}

interface Served {
  readonly url: string
  close(): Promise<unknown>
}

async function serve(server: http.Server): Promise<Served> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** S3, SQS, SES, SNS and the database: everything is there and empty. */
const otherServices = (): Promise<Served> =>
  serve(
    http.createServer((request, response) => {
      request.resume().on('end', () => {
        const isJson = request.headers['content-type']?.includes('json') === true
        response.setHeader('content-type', isJson ? 'application/json' : 'text/xml')
        response.end(isJson ? '{}' : '<Response></Response>')
      })
    }),
  )

async function tablesOf(): Promise<Served> {
  const served = await serve(dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 }) as unknown as http.Server)
  const client = new DynamoDBClient({
    endpoint: served.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  })
  const keys = { orders: 'orderId', products: 'sku', schedules: 'report', images: 'key', statistics: 'name', tenants: 'tenant' }
  for (const [name, key] of Object.entries(keys)) await client.send(new CreateTableCommand(table(`shop-${name}`, key)))
  client.destroy()
  return served
}

const table = (name: string, key: string) => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [key, ...(name === 'shop-orders' ? ['customerId', 'createdAt'] : [])].map((one) => ({
    AttributeName: one,
    AttributeType: 'S' as const,
  })),
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' as const }],
  ...(name === 'shop-orders' && {
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-customer',
        KeySchema: [
          { AttributeName: 'customerId', KeyType: 'HASH' as const },
          { AttributeName: 'createdAt', KeyType: 'RANGE' as const },
        ],
        Projection: { ProjectionType: 'ALL' as const },
      },
    ],
  }),
})
