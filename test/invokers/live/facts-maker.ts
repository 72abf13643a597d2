import type { Facts } from '#src/invokers/live/guards.js'
import type { LiveConfig } from '#src/model/index.js'

export const ARN = 'arn:aws:lambda:eu-central-1:111122223333:function:shop-sandbox-orders'
export const OWNER = 'We own the account 111122223333 and agree to this.'

export const config = (changes: Partial<LiveConfig> = {}): LiveConfig => ({
  owner: OWNER,
  accounts: ['111122223333'],
  regions: ['eu-central-1'],
  functions: ['arn:aws:lambda:eu-central-1:111122223333:function:shop-sandbox-*'],
  urls: ['https://a1b2c3.execute-api.eu-central-1.amazonaws.com/sandbox'],
  endpoints: ['http://127.0.0.1:3002'],
  targets: {},
  budget: { invocations: 100, concurrency: 2, gbSeconds: 10, timeMs: 60_000, rate: 5 },
  stopFile: '/srv/eventfuzz.stop',
  ...changes,
})

const fn = { arn: ARN, name: 'shop-sandbox-orders', qualifier: '$LATEST', tags: { eventfuzz: 'allowed', team: 'shop' } }

/** A function of the sandbox account that every guard lets through; a test states only what is different. */
export const onAws = (changes: Partial<Omit<Facts, 'fn'>> & { fn?: Partial<typeof fn> } = {}): Facts => ({
  place: 'aws',
  flag: true,
  config: config(),
  word: ARN,
  stopFileExists: false,
  caller: { account: '111122223333', arn: 'arn:aws:sts::111122223333:assumed-role/eventfuzz/nightly' },
  region: 'eu-central-1',
  dryRun: 204,
  ...changes,
  fn: { ...fn, ...changes.fn },
})

export const onLoopback = (changes: Partial<Facts> = {}): Facts => ({
  place: 'loopback',
  flag: true,
  config: config(),
  word: 'orders',
  stopFileExists: false,
  url: 'http://127.0.0.1:3002',
  ...changes,
})

export const overHttp = (url: string, changes: Partial<Facts> = {}): Facts => ({
  place: 'http',
  flag: true,
  config: config(),
  word: url,
  stopFileExists: false,
  url,
  ...changes,
})
