import { expect } from 'chai'
import { type Facts, guards, refusals } from '#src/invokers/live/guards.js'
import { looksLikeProduction } from '#src/invokers/live/looks-like-production.js'
import { config, onAws, onLoopback, overHttp } from './facts-maker.js'

const SANDBOX = 'https://a1b2c3.execute-api.eu-central-1.amazonaws.com/sandbox'
const withBudget = (changes: object) => config({ budget: { ...config().budget, ...changes } })

/** For each guard: places that only this guard keeps from being attacked. */
const REFUSED: Readonly<Record<string, readonly Facts[]>> = {
  flag: [onAws({ flag: false }), onLoopback({ flag: false }), overHttp(SANDBOX, { flag: false })],
  config: [onAws({ config: undefined }), onLoopback({ config: undefined }), overHttp(SANDBOX, { config: undefined })],
  owner: [onAws({ config: config({ owner: '' }) }), onLoopback({ config: config({ owner: '                         ' }) })],
  budget: [
    onAws({ config: withBudget({ invocations: 0 }) }),
    onAws({ config: withBudget({ concurrency: Number.NaN }) }),
    onAws({ config: withBudget({ gbSeconds: Number.POSITIVE_INFINITY }) }),
    onLoopback({ config: withBudget({ timeMs: -1 }) }),
    overHttp(SANDBOX, { config: withBudget({ rate: 0 }) }),
  ],
  'stop-file': [
    onAws({ stopFileExists: true }),
    onLoopback({ stopFileExists: true }),
    overHttp(SANDBOX, { stopFileExists: true }),
  ],
  account: [onAws({ config: config({ accounts: [] }) }), onAws({ config: config({ accounts: ['444455556666'] }) })],
  'same-account': [
    onAws({
      fn: { arn: 'arn:aws:lambda:eu-central-1:444455556666:function:shop-sandbox-orders' },
      config: config({ functions: ['arn:aws:lambda:eu-central-1:444455556666:function:shop-sandbox-*'] }),
    }),
  ],
  root: [onAws({ caller: { account: '111122223333', arn: 'arn:aws:iam::111122223333:root' } })],
  region: [onAws({ region: undefined }), onAws({ config: config({ regions: ['us-east-1'] }) }), onAws({ region: 'us-east-1' })],
  function: [
    onAws({ config: config({ functions: [] }) }),
    onAws({ config: config({ functions: ['arn:aws:lambda:eu-central-1:111122223333:function:shop-sandbox'] }) }),
    onAws({ config: config({ functions: ['arn:aws:lambda:*:function:other-*'] }) }),
  ],
  tag: [onAws({ fn: { tags: {} as never } }), onAws({ fn: { tags: { eventfuzz: 'no', team: 'shop' } } })],
  production: [
    onAws({ fn: { qualifier: 'prod' } }),
    onAws({ fn: { qualifier: 'LIVE' } }),
    onAws({ fn: { name: 'shopProd' } }),
    onAws({ fn: { tags: { eventfuzz: 'allowed', team: 'shop', Stage: 'production' } as never } }),
    onLoopback({ word: 'shop-prd-orders' }),
    overHttp('https://www.example.invalid/', { config: config({ urls: ['https://www.example.invalid/'] }) }),
    overHttp(`${SANDBOX}/prod`),
  ],
  'dry-run': [onAws({ dryRun: undefined }), onAws({ dryRun: 202 })],
  endpoint: [
    onLoopback({ url: 'http://127.0.0.1:3003' }),
    onLoopback({ url: undefined }),
    onLoopback({ config: config({ endpoints: [] }) }),
    onLoopback({ url: 'http://192.0.2.1:3002', config: config({ endpoints: ['http://192.0.2.1:3002'] }) }),
    onLoopback({ url: 'http://localhost:3002', config: config({ endpoints: ['http://localhost:3002'] }) }),
  ],
  url: [
    overHttp('https://a1b2c3.execute-api.eu-central-1.amazonaws.com/sandbox2'),
    overHttp('https://a1b2c3.execute-api.eu-central-1.amazonaws.com/'),
    overHttp('https://a1b2c3.execute-api.eu-central-1.amazonaws.com:8443/sandbox'),
    overHttp('https://somebody@a1b2c3.execute-api.eu-central-1.amazonaws.com/sandbox'),
    overHttp('https://a1b2c3.execute-api.eu-central-1.amazonaws.com/sandbox/../other'),
    overHttp(SANDBOX, { config: config({ urls: [] }) }),
  ],
  encrypted: [overHttp('http://example.invalid/dev', { config: config({ urls: ['http://example.invalid/dev'] }) })],
}

const others = (id: string) => guards.filter((guard) => guard.id !== id)

describe('guards of live runs', () => {
  it('let a place through that everything is right with', () => {
    expect(refusals(onAws())).to.deep.equal([])
    expect(refusals(onLoopback())).to.deep.equal([])
    expect(refusals(overHttp(`${SANDBOX}/`))).to.deep.equal([])
    expect(refusals(overHttp(`${SANDBOX}/orders`))).to.deep.equal([])
    expect(refusals(overHttp('http://127.0.0.1:3000/', { config: config({ urls: ['http://127.0.0.1:3000'] }) }))).to.deep.equal(
      [],
    )
  })

  it('are all in this table', () => {
    expect(Object.keys(REFUSED)).to.have.members(guards.map(({ id }) => id))
  })

  for (const [id, places] of Object.entries(REFUSED)) {
    places.forEach((facts, i) => {
      it(`${id} refuses what it is there for, in one line (${i + 1})`, () => {
        const found = refusals(facts)
        expect(found.map((one) => one.id)).to.include(id)
        expect(found.find((one) => one.id === id)?.why).to.match(/^[^\n]{20,300}$/)
      })
    })

    it(`without ${id} alone, some place would be attacked that must not be`, () => {
      // A configuration that is not there fails more than one guard: none of them may take it for leave.
      const alone = places.filter((facts) => refusals(facts, others(id)).length === 0)
      if (id === 'config') expect(alone).to.deep.equal([])
      else expect(alone).to.not.be.empty
    })
  }

  it('refuse what could not be found out', () => {
    const nothing: Facts = { place: 'aws', flag: true, config: config(), word: 'x', stopFileExists: false }
    expect(refusals(nothing).map(({ id }) => id)).to.have.members([
      ...['account', 'same-account', 'root', 'region', 'function', 'tag', 'dry-run'],
    ])
  })
})

describe('names that look like production', () => {
  for (const name of [
    'prod',
    'shop-prod-orders',
    'ordersProd',
    'PROD',
    'api.production.example',
    'prd2',
    'v1-live',
    'https://www.x.test/',
  ])
    it(`${name} does`, () => expect(looksLikeProduction(name)).to.equal(true))
  for (const name of ['products', 'shop-products', 'reproduce', 'livestream', 'maintain', 'sandbox', 'delivery', 'orders-dev'])
    it(`${name} does not`, () => expect(looksLikeProduction(name)).to.equal(false))
})
