import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { neededActions } from '#src/aws/actions.js'
import { resourcesOf } from '#src/aws/models/resources.js'
import { services } from '#src/aws/services/index.js'
import { usesOf } from '#src/iam/exercised.js'
import { findAction } from '#src/iam/snapshot.js'
import type { JsonObject } from '#src/model/index.js'
import { commandsOfClients } from '../aws/sdk-commands.js'
import { evidence } from './maker.js'

const place = { region: 'eu-west-1', account: '000000000000' }

/** A recorded request, and by hand the least that IAM asks of it: `action resource`. */
interface Recorded {
  readonly call: string
  readonly params: JsonObject
  readonly needed: readonly string[]
  readonly may: readonly string[]
}

const GOLDEN = new URL('../../test/aws/needed/', import.meta.url)
const golden = readdirSync(GOLDEN).flatMap((file) => JSON.parse(readFileSync(new URL(file, GOLDEN), 'utf8')) as Recorded[])

/** What the analyser says that the request needs. */
function uses({ call, params }: Recorded): { needed: string[]; may: string[] } {
  const [service = '', operation = ''] = call.split(':')
  const own = services.find((one) => one.service === service)
  const on = own?.resources(operation, params, place) ?? resourcesOf(service, operation, params, place)
  const all = usesOf([{ ...evidence({ call, on, params }), region: place.region }])
  const named = (may: boolean) =>
    all.filter(({ certainty }) => (certainty === 'may') === may).map(({ action, arn }) => `${action} ${arn}`)
  return { needed: named(false), may: named(true) }
}

// Adding a request needs no code: a line in a file of test/aws/needed.
describe('what recorded requests need', () => {
  for (const recorded of golden) {
    it(`${recorded.call} ${JSON.stringify(recorded.params)}`, () => {
      const { needed, may } = uses(recorded)
      expect(needed.sort()).to.deep.equal([...recorded.needed].sort())
      expect(may.sort()).to.deep.equal([...recorded.may].sort())
    })
  }

  const { recall, precision } = measured()
  const measure = `recall ${(100 * recall).toFixed(1)} %, precision ${(100 * precision).toFixed(1)} % of ${golden.length} requests`
  it(`is found and nothing else: ${measure}`, () => {
    expect(golden.length).to.be.greaterThan(60)
    expect(recall).to.be.at.least(0.98)
    expect(precision).to.be.at.least(0.95)
  })
})

function measured(): { recall: number; precision: number } {
  const count = { found: 0, expected: 0, said: 0 }
  for (const recorded of golden) {
    const { needed } = uses(recorded)
    count.found += needed.filter((one) => recorded.needed.includes(one)).length
    count.expected += recorded.needed.length
    count.said += needed.length
  }
  return { recall: count.found / count.expected, precision: count.found / count.said }
}

describe('every command of the installed clients', () => {
  const unmapped = JSON.parse(readFileSync(new URL('../../data/unmapped.json', import.meta.url), 'utf8')) as Record<
    string,
    string
  >
  const commands = commandsOfClients()
  // These say only with their parameters what they do.
  const BY_PARAMETERS = /^dynamodb:(Transact(Get|Write)Items|(Batch)?ExecuteStatement|ExecuteTransaction)$/

  it('is read from at least 20 clients', () => {
    expect(new Set(commands.map(({ client }) => client)).size).to.be.at.least(20)
    expect(commands.length).to.be.greaterThan(1500)
  })

  it('is mapped to actions that exist, or listed with a reason', () => {
    const unknown = commands.filter(({ service, operation }) => {
      if (BY_PARAMETERS.test(`${service}:${operation}`)) return false
      const needed = neededActions({ service, operation, params: {}, resources: [], region: place.region }, place.account)
      return needed.some(({ action }) => findAction(action) === undefined)
    })
    expect(unknown.map(({ service, operation }) => `${service}:${operation}`).sort()).to.deep.equal(Object.keys(unmapped).sort())
    expect(Object.values(unmapped).every((reason) => reason.length > 20)).to.equal(true)
    expect(Object.keys(unmapped).length / commands.length).to.be.at.most(0.02)
  })
})
