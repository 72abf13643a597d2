import { expect } from 'chai'
import fc from 'fast-check'
import { evaluateAccess } from '#src/iam/index.js'
import { proposePolicies } from '#src/iam/suggest/suggest.js'
import type { Json, JsonObject } from '#src/model/index.js'
import { type Call, question } from './maker.js'

// npm run verify tries many more.
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 40)
const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/'
const BUCKET = 'arn:aws:s3:::b'
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:q'
const ACTIONS = [
  ...[
    'dynamodb:*',
    'dynamodb:PutItem',
    'dynamodb:*Item',
    'DynamoDB:getitem',
    'dynamodb:Delete*',
    's3:*',
    's3:GetObject',
    's3:Get*',
  ],
  ...['sqs:*', 'sqs:SendMessage', 'kms:*', 'logs:*', 'logs:PutLogEvents', '*', '*:*', 'dynamodb:Frobnicate', 'xray:Put?race*'],
]
const RESOURCES = [
  ...['*', `${TABLE}orders`, `${TABLE}*`, `${TABLE}order?`, `${BUCKET}/*`, `${BUCKET}*`, 'arn:aws:s3:::*', `${BUCKET}/in/*`],
  ...[
    QUEUE,
    'arn:aws:sqs:*:*:*',
    'arn:aws:sqs',
    'arn:*:s3:::b/in/?',
    'arn:aws:dynamodb:*:111122223333:table/*',
    'arn:aws:logs:*:*:*',
  ],
  ['arn:aws:s3:::b/$', '{aws:username}/*'].join(''),
]
const CALLS: readonly Call[] = [
  ...['orders', 'users'].map((name) => ({ call: 'dynamodb:PutItem', on: [TABLE + name], params: { TableName: name } })),
  { call: 'dynamodb:DeleteItem', on: [`${TABLE}orders`], params: { TableName: 'orders' } },
  { call: 'dynamodb:GetItem', on: [`${TABLE.replace('111122223333', '000000000000')}orders`], params: { TableName: 'orders' } },
  ...['in/a', 'in/b', 'in/c', 'x'].map((Key) => ({
    call: 's3:GetObject',
    on: [`${BUCKET}/${Key}`],
    params: { Bucket: 'b', Key },
  })),
  { call: 'sqs:SendMessage', on: [QUEUE] },
  { call: 'kms:Decrypt', on: [], params: { CiphertextBlob: 'x' } },
  { call: 'dynamodb:UpdateItem', on: [`${TABLE}orders`], stage: 'hostile' },
  { call: 'dynamodb:Scan', on: [`${TABLE}orders`], stage: null },
]
const REQUESTS = ['PutItem', 'GetItem', 'DeleteItem', 'UpdateItem', 'DeleteTable']
  .flatMap((name) => ['orders', 'users', 'other'].map((table) => ({ action: `dynamodb:${name}`, resource: TABLE + table })))
  .concat(
    ['GetObject', 'PutObject', 'GetObjectAcl'].flatMap((name) =>
      ['/in/a', '/in/z', '/x', '/alice/k', ''].map((key) => ({ action: `s3:${name}`, resource: BUCKET + key })),
    ),
    ['sqs:SendMessage', 'sqs:DeleteQueue'].map((action) => ({ action, resource: QUEUE })),
    ['iam:PassRole', 'logs:PutLogEvents', 'kms:Decrypt', 'kms:Encrypt'].map((action) => ({ action, resource: '*' })),
  )
const PRINCIPAL = 'arn:aws:iam::111122223333:user/alice'

const some = (entries: readonly string[]) => fc.uniqueArray(fc.constantFrom(...entries), { minLength: 1, maxLength: 3 })
const statement: fc.Arbitrary<JsonObject> = fc
  .record({
    deny: fc.nat(5),
    notAction: fc.nat(6),
    notResource: fc.nat(6),
    condition: fc.nat(3),
    actions: some(ACTIONS),
    resources: some(RESOURCES),
  })
  .map(({ deny, notAction, notResource, condition, actions, resources }) => ({
    Effect: deny === 0 ? 'Deny' : 'Allow',
    [notAction === 0 ? 'NotAction' : 'Action']: actions,
    [notResource === 0 ? 'NotResource' : 'Resource']: resources,
    ...(condition === 0 ? { Condition: { Bool: { 'aws:SecureTransport': 'true' } } } : {}),
  }))
const statements = fc.array(statement, { minLength: 1, maxLength: 4 })
const calls = fc.subarray([...CALLS])
const names = fc
  .subarray(['DeleteItemCommand', 'ScanCommand', 'PutObjectCommand', 'ReceiveMessageCommand'])
  .map((list) => new Set(list))

/** Which requests the documents allow, asked of the engine that knows nothing of suggestions. */
function allowed(documents: readonly Json[], secure: boolean): ReadonlySet<string> {
  const identity = documents.map((document, i) => ({ name: `p${i}`, document }))
  const context = { 'aws:SecureTransport': secure }
  return new Set(
    REQUESTS.filter((one) => evaluateAccess({ ...one, principal: PRINCIPAL, context }, { identity }).decision === 'Allowed').map(
      ({ action, resource }) => `${action} ${resource}`,
    ),
  )
}

describe('suggested policies, whatever the policy and the calls', () => {
  it('pass their proof, allow nothing new and everything that was called', () => {
    let suggested = 0
    fc.assert(
      fc.property(statements, calls, names, (granted, called, words) => {
        const asked = question(granted, called)
        for (const { document, before, proof } of proposePolicies(asked, words)) {
          suggested++
          expect(proof.failures).to.deep.equal([])
          for (const secure of [true, false]) {
            const [old, now] = [allowed([before], secure), allowed(document === null ? [] : [document], secure)]
            expect([...now].filter((one) => !old.has(one))).to.deep.equal([])
            const used = called
              .filter(({ stage, on }) => stage !== 'hostile' && on.length > 0)
              .map(({ call, on }) => `${call} ${on[0]}`)
            expect(used.filter((one) => old.has(one) && !now.has(one))).to.deep.equal([])
          }
        }
      }),
      { numRuns: RUNS },
    )
    expect(suggested).to.be.greaterThan(RUNS / 4)
  })
})

describe('the engine, whatever the policy', () => {
  const grid = (list: readonly JsonObject[], secure = true) => allowed([{ Version: '2012-10-17', Statement: list }], secure)
  const within = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): void => {
    expect([...inner].filter((one) => !outer.has(one))).to.deep.equal([])
  }

  it('never allows more for one Deny more', () => {
    fc.assert(
      fc.property(statements, statement, fc.boolean(), (list, one, secure) =>
        within(grid([...list, { ...one, Effect: 'Deny' }], secure), grid(list, secure)),
      ),
      { numRuns: RUNS },
    )
  })

  it('never allows less for a wider Allow', () => {
    fc.assert(
      fc.property(statements, statement, fc.constantFrom('Action', 'Resource'), (list, one, key) => {
        const { [`Not${key}`]: _, ...plain }: JsonObject = { ...one, Effect: 'Allow' }
        within(grid([...list, { ...one, Effect: 'Allow' }]), grid([...list, { ...plain, [key]: '*' }]))
      }),
      { numRuns: RUNS },
    )
  })

  it('does not care for the order of statements', () => {
    fc.assert(
      fc.property(statements, (list) => {
        expect(grid([...list].reverse())).to.deep.equal(grid(list))
      }),
      { numRuns: RUNS },
    )
  })
})
