import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { THOROUGH } from '../../thorough.js'
import { flags, live, liveRun, options } from './live-run.js'
import { isInstalled, type OfflineShop, offlineShop } from './offline.js'

const TARGETS = {
  OrdersApiFunction: 'shop-dev-orders-api',
  ReportsApiFunction: 'shop-dev-reports-api',
  ThumbnailsFunction: 'shop-dev-thumbnails',
  OrderWorkerFunction: 'shop-dev-order-worker',
  OrderStreamFunction: 'shop-dev-order-stream',
}

/** Bugs of the shop that somebody sees who only sees answers and times. The others take a look inside. */
const VISIBLE = [
  'command-injection in ThumbnailsFunction',
  'dynamodb-expression-injection in OrdersApiFunction',
  'poison-message in OrderWorkerFunction',
  'unhandled-error in OrderStreamFunction',
  'verbose-error in ReportsApiFunction',
]

describe('the shop in serverless-offline, through @aws-sdk/client-lambda', function () {
  this.timeout(600_000)
  let shop: OfflineShop
  before(async function () {
    if (!isInstalled) {
      if (process.env['REQUIRE_ALL'] === '1') throw new Error('npm ci in test/serverless-offline installs it')
      console.log('      skipped: not installed (npm ci in test/serverless-offline)')
      return this.skip()
    }
    if (!THOROUGH) {
      console.log('      skipped: takes long (THOROUGH=1 npm test)')
      return this.skip()
    }
    shop = await offlineShop()
  })
  after(() => shop?.[Symbol.asyncDispose]())

  it('is fuzzed, and the bugs that can be seen from outside are found, and nothing else', async () => {
    const file = path.join(shop.dir, 'eventfuzz.config.json')
    const budget = { invocations: 5_000, gbSeconds: 100_000, time: '10m', rate: 100_000, concurrency: 2 }
    const config = live({ endpoints: [shop.endpoint], targets: TARGETS, budget })
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), live: config }))
    const run = options(shop.dir, { targets: [], events: [], runs: 2_500, seed: 1, workers: 2 })
    const { report, failure } = await liveRun(undefined, { ...run, live: { ...flags, endpoint: shop.endpoint } })
    expect(failure).to.equal(undefined)
    expect(report.targets.map(({ id, status }) => `${id} ${status}`)).to.have.members(
      Object.keys(TARGETS).map((id) => `${id} tested`),
    )
    expect(report.findings.map(({ rule, target }) => `${rule} in ${target}`).sort()).to.deep.equal(VISIBLE)
    expect(report.permissions).to.deep.equal([])
    console.log(`      ${report.run.live?.invocations} invocations in ${(report.run.durationMs / 1000).toFixed(0)} s`)
  })
})
