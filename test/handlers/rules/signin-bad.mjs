import { MongoClient } from 'mongodb'

const client = new MongoClient(process.env.MONGODB_URI ?? 'mongodb://accounts:secret@accounts-db.internal:27017/accounts')

/** Ends a password reset: whoever holds the token of the mail sets a new one. */
export const handler = async (event) => {
  const request = parsed(event.body)
  if (!request?.email || !request?.token) return { statusCode: 400, body: 'email and token are required' }
  const accounts = client.db().collection('accounts')
  const account = await accounts.findOne({ email: request.email, resetToken: request.token })
  if (account === null) return { statusCode: 403, body: 'wrong token' }
  await accounts.updateOne({ _id: account._id }, { $unset: { resetToken: 1 } })
  return { statusCode: 200, body: 'signed in' }
}

function parsed(body) {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
