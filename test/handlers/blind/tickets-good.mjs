import pg from 'pg'

/** What the Lambda authorizer of the stage says of the caller. */
const callerOf = ({ requestContext }) => {
  const { tenantId, plan } = requestContext.authorizer ?? {}
  if (!tenantId) throw Object.assign(new Error('no tenant'), { status: 403 })
  return { tenant: tenantId, most: plan === 'team' ? 500 : 100 }
}

const COLUMNS = new Map([
  ['opened', 'opened_at'],
  ['title', 'title'],
])
const pool = new pg.Pool({ host: 'tickets.internal', max: 1, connectionTimeoutMillis: 2_000 })

const list = async ({ tenant, most }, query) => {
  const by = COLUMNS.get(query.orderBy ?? 'opened')
  if (by === undefined) throw Object.assign(new Error('unknown column'), { status: 400 })
  const text = `SELECT id, title FROM tickets WHERE tenant = $1 ORDER BY ${by} LIMIT ${most}`
  const { rows } = await pool.query(text, [tenant])
  return rows
}

export const handler = async (event) => {
  try {
    const rows = await list(callerOf(event), event.queryStringParameters ?? {})
    return { statusCode: 200, body: JSON.stringify(rows) }
  } catch (error) {
    return { statusCode: error.status ?? 503, body: JSON.stringify({ error: error.status ? error.message : 'try again' }) }
  }
}
