import { symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect } from 'chai'
import { type OpenSidecar, openSidecar } from '../aws/run-redirected.js'

// The drivers ship no types that this project installs: what is used of them is said here.
interface Rows {
  readonly rows: readonly Record<string, unknown>[]
  readonly rowCount: number
  readonly command: string
}
interface PgClient {
  connect(): Promise<void>
  query(text: string | object, values?: readonly unknown[]): Promise<Rows>
  end(): Promise<void>
}
const load = createRequire(import.meta.url)
const pg = load('pg') as { Client: new (to: object) => PgClient; Pool: new (to: object) => PgClient }

const never = async (promise: Promise<unknown>): Promise<Record<string, unknown>> =>
  promise.then(
    () => ({}),
    (error: Record<string, unknown>) => error,
  )

describe('PostgreSQL as pg sees it', () => {
  let open: OpenSidecar
  let client: PgClient
  before(async () => {
    open = await openSidecar([
      {
        service: 'postgres',
        operation: 'query',
        when: { sql: 'FROM orders' },
        answer: {
          rows: [
            { id: 7, note: null },
            { id: 8, note: 'x' },
          ],
        },
      },
      {
        service: 'postgres',
        operation: 'query',
        when: { sql: 'INTO taken' },
        error: { code: '23505', message: 'duplicate key' },
      },
    ])
    const host = path.dirname(open.sockets.postgres)
    symlinkSync(open.sockets.postgres, path.join(host, '.s.PGSQL.5432'))
    client = new pg.Client({ host, user: 'app', password: 'wrong', database: 'app' })
    await client.connect()
  })
  after(async () => {
    await client.end()
    await open[Symbol.asyncDispose]()
  })
  beforeEach(() => void open.calls.splice(0))

  it('answers the columns that are asked for', async () => {
    const { rows } = await client.query("SELECT 1 AS one, u.id, name AS who, count(*), 'a,b' t, is_admin FROM users u")
    expect(rows).to.deep.equal([{ one: 1, id: 1, who: 'example', count: '1', t: 'a,b', is_admin: true }])
  })
  it('tells bound parameters apart from the text', async () => {
    await client.query('SELECT id FROM users WHERE a = $1 AND b = $2 AND c = $3', ['é', 5, null])
    await open.sidecar.flush('t')
    const [{ service, operation, params, invented } = { service: '' }] = open.calls
    expect({ service, operation, params, invented }).to.deep.equal({
      ...{ service: 'postgres', operation: 'execute', invented: true },
      params: { sql: 'SELECT id FROM users WHERE a = $1 AND b = $2 AND c = $3', parameters: ['é', '5', null] },
    })
  })
  it('answers prepared statements again, in text and in binary', async () => {
    const named = { name: 'by-id', text: 'SELECT id, name FROM users WHERE id = $1', values: [1] }
    expect((await client.query(named)).rows).to.deep.equal([{ id: 1, name: 'example' }])
    expect((await client.query({ ...named, values: [2] })).rows).to.deep.equal([{ id: 1, name: 'example' }])
    expect((await client.query({ ...named, name: 'b', binary: true })).rows).to.deep.equal([{ id: 1, name: 'example' }])
  })
  it('answers each statement of a text', async () => {
    const all = (await client.query("BEGIN; INSERT INTO t VALUES ('a;b'); COMMIT")) as unknown as readonly Rows[]
    expect(all.map(({ command, rowCount }) => `${command} ${rowCount}`)).to.deep.equal(['BEGIN null', 'INSERT 1', 'COMMIT null'])
  })
  it('answers RETURNING and row counts', async () => {
    const { rows, rowCount } = await client.query('INSERT INTO t (a) VALUES ($1) RETURNING id, created_at', ['x'])
    expect([rowCount, rows[0]!.id, rows[0]!.created_at]).to.deep.equal([1, 1, new Date(2026, 0, 1)])
    expect((await client.query('UPDATE t SET a = 1')).rowCount).to.equal(1)
  })
  it('gives the rows of a fixture, and its errors', async () => {
    const { rows } = await client.query('SELECT * FROM orders WHERE id = $1', [7])
    expect(rows).to.deep.equal([
      { id: 7, note: null },
      { id: 8, note: 'x' },
    ])
    expect(await never(client.query('INSERT INTO taken VALUES (1)'))).to.include({ code: '23505', message: 'duplicate key' })
  })
  it('fails what follows an error in a transaction until its end', async () => {
    await client.query('BEGIN')
    await never(client.query('INSERT INTO taken VALUES ($1)', [1]))
    expect(await never(client.query('SELECT 1'))).to.include({ code: '25P02' })
    await client.query('ROLLBACK')
    expect((await client.query('SELECT 1 AS a')).rows).to.deep.equal([{ a: 1 }])
  })
  it('refuses COPY and goes on', async () => {
    expect(await never(client.query('COPY t FROM STDIN'))).to.include({ code: '0A000' })
    expect((await client.query('')).rows).to.deep.equal([])
  })
  it('serves a pool', async () => {
    const pool = new pg.Pool({ host: path.dirname(open.sockets.postgres), user: 'a', max: 3 })
    const all = await Promise.all(Array.from({ length: 9 }, (_, i) => pool.query('SELECT $1 AS id', [i])))
    expect(all).to.have.lengthOf(9)
    await pool.end()
  })
})

interface MysqlConnection {
  query(sql: string, values?: readonly unknown[]): Promise<[never, unknown]>
  execute(sql: string, values?: readonly unknown[]): Promise<[never, unknown]>
  beginTransaction(): Promise<void>
  commit(): Promise<void>
  ping(): Promise<void>
  changeUser(to: object): Promise<void>
  end(): Promise<void>
}
const mysql = load('mysql2/promise') as {
  createConnection(to: object): Promise<MysqlConnection>
  createPool(to: object): MysqlConnection
}

describe('MySQL as mysql2 sees it', () => {
  let open: OpenSidecar
  let connection: MysqlConnection
  before(async () => {
    open = await openSidecar([
      {
        service: 'mysql',
        operation: 'query',
        when: { sql: 'FROM orders' },
        answer: { rows: [{ id: 7, price: 1.5, note: null }] },
      },
      { service: 'mysql', operation: 'query', when: { sql: 'INTO taken' }, error: { code: '1062', message: 'Duplicate entry' } },
    ])
    const to = { socketPath: open.sockets.mysql, user: 'app', password: 'wrong', multipleStatements: true }
    connection = await mysql.createConnection(to)
  })
  after(async () => {
    await connection.end()
    await open[Symbol.asyncDispose]()
  })

  it('answers text and prepared statements alike', async () => {
    const sql = 'SELECT id, name AS who, created_at, is_admin, count(*) AS c FROM users WHERE a = ?'
    const row = { id: 1, who: 'example', created_at: new Date(2026, 0, 1), is_admin: 1, c: 1 }
    expect((await connection.query(sql, ['x']))[0]).to.deep.equal([row])
    expect((await connection.execute(sql, ['x']))[0]).to.deep.equal([row])
  })
  it('tells bound parameters apart from the text', async () => {
    open.calls.splice(0)
    await connection.execute('SELECT ? , ?, "?"', ['é', null])
    await open.sidecar.flush('t')
    expect(open.calls[0]).to.include({ service: 'mysql', operation: 'execute' })
    expect(open.calls[0]!.params).to.deep.equal({ sql: 'SELECT ? , ?, "?"', parameters: ['é', null] })
  })
  it('answers several statements, transactions, pings, variables', async () => {
    const [results] = await connection.query('INSERT INTO t VALUES (1); SELECT @@version')
    expect(results[0]).to.include({ affectedRows: 1, insertId: 1 })
    expect(results[1]).to.deep.equal([{ '@@version': '8.0.40' }])
    await connection.beginTransaction()
    await connection.commit()
    await connection.ping()
    await connection.changeUser({ user: 'other' })
  })
  it('gives the rows of a fixture, and its errors', async () => {
    const row = { id: 7, price: 1.5, note: null }
    expect((await connection.query('SELECT * FROM orders'))[0]).to.deep.equal([row])
    expect((await connection.execute('SELECT * FROM orders'))[0]).to.deep.equal([row])
    expect(await never(connection.query('INSERT INTO taken VALUES (1)'))).to.include({ errno: 1062, sqlState: '23000' })
  })
  it('serves a pool', async () => {
    const pool = mysql.createPool({ socketPath: open.sockets.mysql, user: 'a', connectionLimit: 3 })
    const all = await Promise.all(Array.from({ length: 9 }, (_, i) => pool.execute('SELECT ? AS id', [i])))
    expect(all).to.have.lengthOf(9)
    await pool.end()
  })
})
