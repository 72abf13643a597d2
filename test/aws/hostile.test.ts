import { expect } from 'chai'
import { type OpenSidecar, openSidecar, type Ran, runRedirected } from './run-redirected.js'

const STATUS: Readonly<Record<string, number>> = {
  brokenJson: 400,
  jsonArray: 400,
  tooDeep: 400,
  proto: 200,
  protoOperation: 400,
  badItem: 400,
  twentyMegabytes: 200,
  brokenXml: 400,
  bomb: 400,
  longKey: 400,
  badEscapes: 200,
  absurdContext: 400,
  forgedScope: 403,
  deepForm: 400,
}

describe('a hostile function', () => {
  let open: OpenSidecar
  let ran: Ran
  before(async function () {
    this.timeout(60_000)
    open = await openSidecar()
    ran = await runRedirected(open, 'hostile')
  })
  after(() => open[Symbol.asyncDispose]())

  for (const [name, status] of Object.entries(STATUS)) {
    it(`gets ${status} for ${name}`, () => expect((ran.result[name] as unknown[])[0]).to.equal(status))
  }

  it('does not end the sidecar', () =>
    expect(ran.result).to.include({ garbagePlain: 'closed', garbageTls: 'closed', resets: 'reset', stillAlive: true }))

  it('leaves evidence of what could not be read', () => {
    const [broken] = open.calls
    expect(broken).to.include({ service: 'dynamodb', operation: 'PutItem', outcome: 'error' })
  })

  it('cannot make evidence longer than 16 KiB a text', () => {
    const put = open.calls.find(({ params }) => params.Key === 'big')
    expect(put?.params.Body).to.have.lengthOf(16 * 1024)
  })

  it('is cut off when its headers are absurd', () => {
    // The answer races with the end of the connection, which the client may see first.
    expect((ran.result.absurdHeaders as unknown[])[0]).to.be.oneOf([431, 0])
  })

  it('cannot forge who it is: the harness replaces its own context header', () => {
    expect(open.calls.filter(({ n }) => n !== 7)).to.deep.equal([])
  })
})
