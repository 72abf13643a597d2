import { expect } from 'chai'
import type { AwsCall } from '#src/model/index.js'
import { ISOLATIONS, type OpenSidecar, openSidecar, type Ran, runRedirected, works } from './run-redirected.js'

// What each SDK client is expected to see: the name of an error, or members of the answer.
const ANSWERS: Readonly<Record<string, unknown>> = {
  'ddb-get-empty': {},
  'ddb-get': { Item: { id: 'a', n: 1, tags: { x: true } } },
  'ddb-put-again': 'ConditionalCheckFailedException',
  'ddb-update': { Attributes: { id: 'a', n: 2, tags: { x: true }, hits: 1 } },
  'ddb-query': { Items: [{ id: 'a', n: 2, tags: { x: true }, hits: 1 }], Count: 1, ScannedCount: 1 },
  'ddb-query-bad': 'ValidationException',
  'ddb-transact': 'TransactionCanceledException',
  'ddb-partiql': { Items: [{ id: { S: 'a' }, n: { N: '2' }, tags: { M: { x: { BOOL: true } } }, hits: { N: '1' } }] },
  'ddb-batch-write': { UnprocessedItems: {} },
  'ddb-batch-get': { Responses: { orders: [{ id: { S: 'b' } }] }, UnprocessedKeys: {} },
  'ddb-empty-key': 'ValidationException',
  'ddb-delete': {},
  's3-get-deleted': 'NoSuchKey',
  's3-delete-many': { Deleted: [{ Key: 'out/a b+c.txt' }] },
  's3-get-tagging': { TagSet: [{ Key: 'k', Value: 'v' }] },
  's3-delete': {},
  'rds-commit': { transactionStatus: 'Transaction Committed' },
}

const SERVICES = ['athena', 'dynamodb', 'rds-data', 's3', 'ses', 'sns', 'sqs']

for (const isolation of Object.keys(ISOLATIONS)) {
  describe(`seven SDK clients, ${isolation}`, () => {
    let open: OpenSidecar
    let ran: Ran
    before(async function () {
      this.timeout(60_000)
      if (!works(isolation)) return this.skip()
      open = await openSidecar()
      ran = await runRedirected(open, 'clients', isolation)
    })
    after(() => open?.[Symbol.asyncDispose]())

    const answerTo = (name: string) => ran.result[name] as { ok?: Record<string, unknown>; error?: string; message?: string }
    const callOf = (operation: string, nth = 0): AwsCall => open.calls.filter((call) => call.operation === operation)[nth]!

    for (const [name, expected] of Object.entries(ANSWERS)) {
      it(`answers ${name}`, () => {
        const { ok, error, message } = answerTo(name)
        if (typeof expected === 'string') expect(error, message).to.equal(expected)
        else expect(ok, message).to.deep.equal(expected)
      })
    }

    it('lets every other call carry on', () => {
      const failed = Object.keys(ran.result).filter((name) => !(name in ANSWERS) && answerTo(name).ok === undefined)
      expect(failed).to.deep.equal([])
      expect(Object.keys(ran.result)).to.have.lengthOf.above(38)
    })

    it('reads back what was put, and copies it', () => {
      expect(answerTo('s3-get').ok)
        .to.include({ Body: 'hello', ContentType: 'text/plain', ContentLength: 5 })
        .and.to.have.deep.property('Metadata', { who: 'me' })
      expect(answerTo('sqs-receive').ok).to.have.nested.property('Messages[0]').that.includes({ Body: 'hé <b>' })
      expect(answerTo('s3-head').ok).to.include({ ContentLength: 5 })
      expect(answerTo('s3-get-big').ok).to.include({ Body: 'parts' })
    })

    it('records each call of each service, attributed', () => {
      expect([...new Set(open.calls.map(({ service }) => service))].sort()).to.deep.equal(SERVICES)
      for (const { n, location, region, via, answeredBy } of open.calls) {
        expect({ n, region, via, answeredBy }).to.deep.equal({ n: 7, region: 'eu-west-1', via: 'request', answeredBy: 'stub' })
        expect(location).to.deep.equal({ file: '/var/task/index.mjs', line: 3, column: 7, fn: 'handler' })
      }
      expect(open.calls.map(({ call }) => call)).to.deep.equal(open.calls.map((_call, i) => i + 1))
      expect(ran.asked).to.deep.equal([])
    })

    it('decodes parameters in the words of the API', () => {
      expect(callOf('PutItem').params).to.deep.equal({
        TableName: 'orders',
        Item: { id: { S: 'a' }, n: { N: '1' }, tags: { M: { x: { BOOL: true } } } },
      })
      expect(callOf('PutObject').params).to.deep.equal({
        Bucket: 'photos',
        Key: 'out/a b+c.txt',
        ContentType: 'text/plain',
        Metadata: { who: 'me' },
        Body: 'hello',
      })
      expect(callOf('PutObjectTagging').params).to.deep.equal({
        Bucket: 'photos',
        Key: 'big',
        Tagging: { TagSet: [{ Key: 'k', Value: 'v' }] },
      })
      expect(callOf('CopyObject').params).to.include({ Bucket: 'copies', Key: 'c', CopySource: 'photos/out/a%20b%2Bc.txt' })
      expect(callOf('Publish').params.MessageAttributes).to.deep.equal({ k: { DataType: 'String', StringValue: 'v' } })
      expect(callOf('SendMessage').params).to.include({ MessageBody: 'hé <b>' })
      expect(callOf('SendEmail').params.Destination).to.deep.equal({ ToAddresses: ['b@example.invalid'] })
      expect(callOf('SendRawEmail').params).to.deep.equal({
        RawMessage: { Data: 'From: c@example.invalid\r\nTo: d@example.invalid\r\n\r\nhi' },
      })
      expect(callOf('ExecuteStatement', 1).params).to.include({ sql: 'SELECT 1 FROM t WHERE a = :a' })
    })

    it('names the resources', () => {
      expect(callOf('Query').resources).to.deep.equal(['arn:aws:dynamodb:eu-west-1:000000000000:table/orders/index/by-n'])
      expect(callOf('CopyObject').resources).to.deep.equal(['arn:aws:s3:::copies/c', 'arn:aws:s3:::photos/out/a b+c.txt'])
      expect(callOf('SendMessage').resources).to.deep.equal(['arn:aws:sqs:eu-west-1:000000000000:jobs'])
      expect(callOf('SendEmail').resources).to.deep.equal(['arn:aws:ses:eu-west-1:000000000000:identity/a@example.invalid'])
      expect(callOf('TransactWriteItems').resources).to.have.lengthOf(2)
    })

    it('says which answers hold made-up values', () => {
      expect(callOf('GetObject').invented).to.equal(true)
      expect(callOf('GetObject', 1).invented).to.equal(false)
      expect(callOf('GetItem').invented).to.equal(false)
      expect(callOf('GetBucketAcl')).to.include({ outcome: 'ok', invented: true })
      expect(callOf('PutItem', 1).outcome).to.equal('error')
    })
  })
}
