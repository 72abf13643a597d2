import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ExecuteStatementCommand, RDSDataClient } from '@aws-sdk/client-rds-data'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { HttpError, json, jsonBody, requireText, router, text } from './lib/http.mjs'
import { tables } from './lib/tables.mjs'

const database = new RDSDataClient({})
const HELP = path.join(import.meta.dirname, '..', 'help')
const DAY = /^\d{4}-\d{2}-\d{2}$/
const REPORTS = new Set(['sales', 'stock'])
const ORDERINGS = new Map([
  ['name', 'name ASC'],
  ['newest', 'created_at DESC'],
])

const query = async (sql, parameters) => {
  const { records = [] } = await database.send(
    new ExecuteStatementCommand({
      resourceArn: process.env.CLUSTER_ARN,
      secretArn: process.env.SECRET_ARN,
      database: 'shop',
      sql,
      parameters: Object.entries(parameters).map(([name, stringValue]) => ({ name, value: { stringValue } })),
    }),
  )
  return records.map((row) => row.map((cell) => cell.stringValue ?? cell.longValue ?? cell.doubleValue ?? null))
}

/** `?from=2026-01-01&sort=day` */
const sales = async (event) => {
  const { from = '2020-01-01', sort = 'day' } = event.queryStringParameters ?? {}
  if (!DAY.test(from)) throw new HttpError(400, 'from must be a day such as 2026-01-31')
  const rows = await query(
    `SELECT day, region, SUM(total) FROM sales WHERE day >= CAST(:from AS date) GROUP BY day, region ORDER BY ${sort} LIMIT 500`,
    { from },
  )
  return json(200, { rows })
}

/** `?q=smith&order=newest` */
const customers = async (event) => {
  const { q = '', order = 'name' } = event.queryStringParameters ?? {}
  const ordering = ORDERINGS.get(order)
  if (ordering === undefined) throw new HttpError(400, `order must be one of ${[...ORDERINGS.keys()].join(', ')}`)
  const rows = await query(`SELECT id, name FROM customers WHERE name ILIKE :pattern ORDER BY ${ordering} LIMIT 100`, {
    pattern: `%${q}%`,
  })
  return json(200, { rows })
}

const stock = async (event) => {
  const sku = requireText(event.pathParameters?.sku, 'sku')
  const [row] = await query('SELECT sku, amount FROM stock WHERE sku = :sku', { sku })
  return row === undefined ? json(404, { error: 'There is no such product' }) : json(200, { sku: row[0], amount: row[1] })
}

const help = async (event) => {
  const topic = requireText(event.pathParameters?.topic, 'topic', 100)
  try {
    return text(200, await readFile(path.join(HELP, `${path.basename(topic)}.txt`), 'utf8'))
  } catch {
    return json(404, { error: 'There is no help on this topic' })
  }
}

/** Mails the report every morning at six, local time. */
const schedule = async (event) => {
  const { report, timezone, email } = jsonBody(event)
  if (!REPORTS.has(report)) throw new HttpError(400, `report must be one of ${[...REPORTS].join(', ')}`)
  requireText(timezone, 'timezone', 100)
  if (email !== undefined) requireText(email, 'email')
  let offset
  try {
    offset = offsetOf(timezone)
  } catch (error) {
    console.warn('cannot schedule', { report, timezone })
    return json(400, { error: 'Unknown time zone', detail: error.stack })
  }
  await tables.send(new PutCommand({ TableName: process.env.SCHEDULES_TABLE, Item: { report, timezone, offset, email } }))
  return json(201, { report, timezone, offset })
}

const offsetOf = (timeZone) => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(new Date())
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
}

const routes = new Map([
  ['GET /reports/sales', sales],
  ['GET /reports/customers', customers],
  ['GET /reports/stock/{sku}', stock],
  ['GET /reports/help/{topic}', help],
  ['POST /reports/schedules', schedule],
])

export const handler = router(routes, (event) => `${event.httpMethod} ${event.resource}`)
