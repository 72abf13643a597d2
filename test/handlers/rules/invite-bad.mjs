import { MongoClient } from 'mongodb'

const client = new MongoClient(process.env.MONGODB_URI ?? 'mongodb://invites:secret@invites-db.internal:27017/invites')

/** a[b]=c is { a: { b: 'c' } }, as in the framework that this was moved from. */
function nested(text) {
  const query = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer = name, inner] = /^([^[]+)\[([^\]]*)\]$/.exec(name) ?? []
    if (['__proto__', 'constructor', 'prototype'].includes(outer)) continue
    query[outer] = inner === undefined ? value : { [inner]: value }
  }
  return query
}

/** Shows the invitation that a link of a mail names. */
export const handler = async (event) => {
  const { code } = nested(event.rawQueryString)
  if (!code) return { statusCode: 400, body: 'which invitation?' }
  const invitation = await client.db().collection('invitations').findOne({ code })
  return invitation === null ? { statusCode: 404, body: 'no such invitation' } : { statusCode: 200, body: 'welcome' }
}
