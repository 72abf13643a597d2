import { createRequire } from 'node:module'
import { expect } from 'chai'
import type { AwsCall } from '#src/model/index.js'
import { sdkModules, sdkService } from './sdk-clients.js'
import { markedInput } from './sdk-inputs.js'

type Paginate = (config: object, input: object) => AsyncIterable<Record<string, unknown>>
type Wait = (config: object, input: object) => Promise<{ readonly state: string }>
type Module = Record<string, unknown>

const MOST_PAGES = 5
const MOST = process.env.ALL_OPERATIONS === '1' ? Number.POSITIVE_INFINITY : 8

/** Reads pages until there are no more, or too many; how often it was asked, and what went wrong besides a refusal of the stub's. */
async function pagesOf(module: Module, paginator: string): Promise<{ pages: number; wrong: string | undefined }> {
  const calls: AwsCall[] = []
  const service = sdkService(module, (call) => calls.push(call))
  const command = service.commands.find(({ operation }) => `paginate${operation}` === paginator)!
  const { input } = markedInput(service.id, command.input)
  // Tokens and sizes are the paginator's own business.
  const own = Object.entries(input).filter(([name]) => !/token|marker|^max|limit|iterator|^position$|^ExclusiveStart/i.test(name))
  let pages = 0
  try {
    const config = { client: service.client }
    for await (const _page of (module[paginator] as Paginate)(config, Object.fromEntries(own))) if (++pages >= MOST_PAGES) break
  } catch (error) {
    return { pages, wrong: calls.at(-1)?.outcome === 'error' ? undefined : String(error) }
  }
  return { pages, wrong: undefined }
}

describe("the SDK's own paginators", () => {
  for (const [name, module] of sdkModules()) {
    const paginators = Object.keys(module).filter((key) => /^paginate[A-Z]/.test(key))
    if (paginators.length === 0) continue
    it(`${name}: all ${paginators.length} come to an end`, async function () {
      this.timeout(60_000)
      const endless: string[] = []
      for (const paginator of paginators.slice(0, MOST)) {
        const { pages, wrong } = await pagesOf(module, paginator)
        if (pages >= MOST_PAGES || wrong !== undefined) endless.push(`${paginator}: ${pages} pages, ${wrong}`)
      }
      expect(endless).to.deep.equal([])
    })
  }
})

const require = createRequire(import.meta.url)
const WAITERS: readonly (readonly [string, string, object])[] = [
  ['dynamodb', 'waitUntilTableExists', { TableName: 'orders' }],
  ['s3', 'waitUntilObjectExists', { Bucket: 'photos', Key: 'a.json' }],
  ['s3', 'waitUntilBucketExists', { Bucket: 'photos' }],
  ['lambda', 'waitUntilFunctionActive', { FunctionName: 'f' }],
  ['lambda', 'waitUntilFunctionUpdated', { FunctionName: 'f' }],
  ['lambda', 'waitUntilPublishedVersionActive', { FunctionName: 'f' }],
  ['ecs', 'waitUntilTasksStopped', { tasks: ['t'] }],
  ['ecs', 'waitUntilServicesStable', { services: ['s'] }],
  ['kinesis', 'waitUntilStreamExists', { StreamName: 's' }],
  ['ses', 'waitUntilIdentityExists', { Identities: ['a@example.invalid'] }],
  ['iam', 'waitUntilRoleExists', { RoleName: 'r' }],
]

describe("the SDK's own waiters", () => {
  for (const [service, waiter, input] of WAITERS) {
    it(`${service} ${waiter}`, async () => {
      const module = require(`@aws-sdk/client-${service}`) as Module
      const { client } = sdkService(module, () => undefined)
      const { state } = await (module[waiter] as Wait)({ client, maxWaitTime: 2, minDelay: 1, maxDelay: 1 }, input)
      expect(state).to.equal('SUCCESS')
    })
  }
})
