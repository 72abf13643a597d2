import path from 'node:path'
import { expect } from 'chai'
import { type Collection, type Db, type Document, MongoClient, ObjectId } from 'mongodb'
import { localInvoker } from '#src/invokers/local.js'
import { type OpenSidecar, openSidecar } from '../aws/run-redirected.js'
import { ROOT } from '../commands/shop.js'
import { target } from '../invokers/target-maker.js'

const ID = new ObjectId('65a000000000000000000001')

describe('MongoDB as its driver sees it', () => {
  let open: OpenSidecar
  let client: MongoClient
  let db: Db
  let users: Collection<Document>
  before(async () => {
    open = await openSidecar([
      {
        service: 'mongodb',
        operation: 'find',
        when: { find: 'orders' },
        answer: { documents: [{ n: 1 }, { n: 2.5, at: { $date: '2026-01-02T00:00:00Z' } }] },
      },
      {
        service: 'mongodb',
        operation: 'insert',
        when: { insert: 'taken' },
        error: { code: '11000', message: 'E11000 duplicate key error' },
      },
    ])
    client = await new MongoClient(`mongodb://${encodeURIComponent(open.sockets.mongodb)}/app`).connect()
    db = client.db()
    users = db.collection('users')
  })
  after(async () => {
    await client.close()
    await open[Symbol.asyncDispose]()
  })
  const told = async () => {
    await open.sidecar.flush('t')
    return open.calls.splice(0).map(({ operation, params }) => ({ operation, params }))
  }
  beforeEach(() => void open.calls.splice(0))

  it('finds one document, with what the filter and the projection name', async () => {
    const found = await users.findOne({ _id: ID, email: 'é@b', age: { $gt: 3 } }, { projection: { created_at: 1, secret: 0 } })
    expect(found).to.deep.equal({ _id: ID, name: 'example', created_at: '2026-01-01 00:00:00', email: 'é@b' })
    expect(await users.find({ a: { $eq: 'x' } }).toArray()).to.have.lengthOf(1)
  })
  it('tells the command as it was sent', async () => {
    await users.findOne({ a: { $ne: 'x' }, when: new Date(0), like: /a.b/i, big: 2n ** 60n, bytes: Buffer.from('hi') })
    expect(await told()).to.deep.equal([
      {
        operation: 'find',
        params: {
          ...{ find: 'users', limit: 1, singleBatch: true, $db: 'app' },
          filter: {
            a: { $ne: 'x' },
            when: { $date: 0 },
            like: { $regularExpression: { pattern: 'a.b', options: 'i' } },
            big: '1152921504606846976',
            bytes: { $binary: 'hi' },
          },
        },
      },
    ])
  })
  it('counts what is written', async () => {
    expect((await users.insertMany([{ a: 1 }, { a: 2 }])).insertedCount).to.equal(2)
    expect((await users.updateOne({ a: 1 }, { $set: { a: 2 } })).modifiedCount).to.equal(1)
    expect((await users.deleteMany({ a: 1 })).deletedCount).to.equal(1)
    expect(await users.countDocuments({ a: 1 })).to.equal(1)
    expect(await users.estimatedDocumentCount()).to.equal(1)
    expect(await users.distinct('email')).to.deep.equal(['a@example.com'])
    expect(await users.findOneAndUpdate({ a: 'x' }, { $set: { b: 1 } })).to.include({ a: 'x' })
    const bulk = await users.bulkWrite([{ insertOne: { document: { a: 1 } } }, { deleteOne: { filter: { a: 1 } } }])
    expect([bulk.insertedCount, bulk.deletedCount]).to.deep.equal([1, 1])
  })
  it('answers pipelines by what they group and count', async () => {
    const group = [{ $match: { a: 'x' } }, { $group: { _id: '$b', total: { $sum: 1 } } }]
    expect(await users.aggregate(group).toArray()).to.deep.equal([{ _id: 'example', total: 1 }])
    expect(await users.aggregate([{ $count: 'all' }]).toArray()).to.deep.equal([{ all: 1 }])
    expect(await users.aggregate([{ $match: { a: 'x' } }]).next()).to.include({ a: 'x' })
  })
  it('gives the documents of a fixture, and its errors', async () => {
    const orders = await db
      .collection('orders')
      .find({}, { projection: { _id: 0 } })
      .toArray()
    expect(orders).to.deep.equal([{ n: 1 }, { n: 2.5, at: new Date('2026-01-02T00:00:00Z') }])
    const failed = await db
      .collection('taken')
      .insertOne({ a: 1 })
      .catch((error: unknown) => error)
    expect(failed).to.include({ code: 11000 })
  })
  it('goes through transactions, sessions and administration', async () => {
    await client.withSession((session) => session.withTransaction(() => users.insertOne({ a: 1 }, { session })))
    expect(await db.listCollections().toArray()).to.deep.equal([])
    expect(await users.createIndex({ a: 1 })).to.equal('a_1')
    expect(await db.command({ ping: 1 })).to.include({ ok: 1 })
    expect((await told()).map(({ operation }) => operation)).to.include.members(['insert', 'commitTransaction', 'createIndexes'])
  })
})

describe('MongoDB as functions reach it', function () {
  this.timeout(60_000)
  const root = path.join(ROOT, 'test/databases/fixtures')

  it('lets in whoever logs in, by every kind of name', async () => {
    await using invoker = await localInvoker({ node: process.execPath, sandbox: undefined, executeSinks: false })
    const opened = await invoker.open(
      target({
        ...{ file: path.join(root, 'mongodb.mjs'), root, timeoutMs: 20_000, memoryMb: 512 },
        environment: {
          MONGODB_URI: 'mongodb://app:pa%40ss@a.internal:27017,b.internal:27018/app?replicaSet=blue&authSource=admin',
        },
      }),
    )
    if (opened.kind !== 'open') throw new Error(opened.reason)
    await using session = opened.session
    const ways = ['environment', 'service record', 'encrypted', 'SHA-1', 'mongoose']
    const batch = ways.map((way, i) => ({
      n: i + 1,
      text: JSON.stringify({ way, name: `${way}!` }),
      mode: 'proof' as const,
      deadlineMs: 20_000,
    }))
    const seen = await session.run(batch, new AbortController().signal)
    const asked = seen.map(({ aws, outcome }) => [
      ...(outcome.kind === 'threw' ? [outcome.message] : []),
      ...aws.filter(({ operation }) => operation === 'find').map(({ params, location }) => [params['filter'], location?.fn]),
    ])
    expect(asked).to.deep.equal(ways.map((way) => [[{ name: `${way}!` }, 'find']]))
  })
})
