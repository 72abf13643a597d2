import querystring from 'node:querystring'
import { MongoClient } from 'mongodb'

const client = new MongoClient(process.env.MONGODB_URI ?? 'mongodb://invites:secret@invites-db.internal:27017/invites')

/** One pair of brackets deep: filter[state]=open is { filter: { state: 'open' } }. */
function deepened(flat) {
  const deep = new Map()
  for (const [name, value] of Object.entries(flat)) {
    const at = name.indexOf('[')
    if (at < 1 || !name.endsWith(']')) deep.set(name, value)
    else deep.set(name.slice(0, at), new Map([[name.slice(at + 1, -1), value]]))
  }
  return deep
}

export async function handler({ rawQueryString = '' }) {
  const query = deepened(querystring.parse(rawQueryString))
  const code = query.get('code')
  if (typeof code !== 'string' || code.length > 200) return { statusCode: 400, body: 'which invitation?' }
  const invitations = client.db().collection('invitations')
  const found = await invitations.countDocuments({ code, usedAt: { $exists: false } }, { limit: 1 })
  return { statusCode: found > 0 ? 200 : 404, body: found > 0 ? 'welcome' : 'no such invitation' }
}
