import { expect } from 'chai'
import { type OpenSidecar, openSidecar, type Ran, runRedirected } from './run-redirected.js'

const EXPECTED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  tables: {
    pages: [[7, 6, 5], [4, 3, 2], [1]],
    condition: {
      name: 'ConditionalCheckFailedException',
      item: { pk: { S: 'a' }, sk: { N: '1' }, even: { BOOL: false }, __proto__1: { N: '1' } },
      status: 400,
    },
    twice: { name: 'ValidationException', status: 400 },
    read: [{ Item: { pk: 'a', sk: 1, even: false, __proto__1: 1, hits: 1 } }, {}],
    capacity: { TableName: 'orders', CapacityUnits: 0.5 },
    duplicate: { name: 'DuplicateItemException', status: 400 },
    updated: [{ pk: 'p', sk: 1, list: [2, { x: 'y' }], n: 5 }],
    selected: [{ sk: 5 }, { sk: 4 }, { sk: 3 }, { sk: 2 }],
    illFormed: { name: 'ValidationException', status: 400 },
  },
  buckets: {
    range: ['bcd', 'bytes 1-3/12582912'],
    listed: [
      ['d/a', 'd/b'],
      ['d/z z', 'd/c/'],
    ],
    exists: { name: 'PreconditionFailed', status: 412 },
    changed: { name: 'PreconditionFailed', status: 412 },
    gone: { name: 'NotFound', status: 404 },
    tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
    parts: [[1, 2], [3]],
    wrongPart: { name: 'InvalidPart', status: 400 },
    aborted: { name: 'NoSuchUpload', status: 404 },
  },
  queues: {
    first: ['1', '2'],
    attributes: 'x',
    second: ['3'],
    third: ['1'],
    count: '2',
    during: ['1', '2'],
    after: ['0', '0'],
    same: true,
    groups: [['a1'], ['b1'], []],
    noGroup: { name: 'MissingParameter', status: 400 },
    sequence: 20,
  },
  settings: {
    invented: 'string',
    versions: ['two', 'one'],
    again: { name: 'ResourceExistsException', status: 400 },
    deleted: { name: 'InvalidRequestException', status: 400 },
    exists: { name: 'ParameterAlreadyExists', status: 400 },
    Version: 2,
    sealed: ['sealed', false],
    pages: [10, 3],
    gone: { name: 'ParameterNotFound', status: 400 },
    several: [['v1'], ['/app/00']],
  },
}

describe('state behind the SDK clients', () => {
  let open: OpenSidecar
  let ran: Ran
  before(async function () {
    this.timeout(60_000)
    open = await openSidecar()
    ran = await runRedirected(open, 'state')
  })
  after(() => open?.[Symbol.asyncDispose]())

  const seen = (service: string) => ran.result[service] as Record<string, unknown>

  for (const [service, answers] of Object.entries(EXPECTED))
    for (const [name, expected] of Object.entries(answers))
      it(`${service}: ${name}`, () => expect(seen(service)[name]).to.deep.equal(expected))

  it('gives every item of a scan once, in pages and in segments', () => {
    const sum = (name: string) => (seen('tables')[name] as number[]).reduce((total, count) => total + count, 0)
    expect([sum('scanned'), sum('segments')]).to.deep.equal([7, 7])
  })

  it('cancels a transaction with a reason for each member, and does nothing of it', () => {
    const { cancelled, rolledBack } = seen('tables')
    const { name, reasons } = cancelled as { name: string; reasons: { Code: string }[] }
    expect([name, reasons.map(({ Code }) => Code)]).to.deep.equal([
      'TransactionCanceledException',
      ['None', 'ConditionalCheckFailed', 'None'],
    ])
    expect(rolledBack).to.equal(undefined)
  })

  it('puts an upload of three parts together', () => {
    const { etag, same, type, metadata } = seen('buckets')['upload'] as Record<string, unknown>
    expect({ same, type, metadata }).to.deep.equal({ same: true, type: 'text/x', metadata: { who: 'me' } })
    expect(etag).to.match(/^"[0-9a-f]{32}-3"$/)
  })

  it('answers an unchanged object with 304', () => expect(seen('buckets')['unchanged']).to.include({ status: 304 }))

  it('lets a loop end that gives every message back', () => expect(seen('queues')['rounds']).to.be.within(2, 20))

  it('says that a secret that was never put is invented', () => {
    const [first, second] = open.calls.filter(({ operation }) => operation === 'GetSecretValue')
    expect([first?.invented, second?.invented]).to.deep.equal([true, false])
  })
})
