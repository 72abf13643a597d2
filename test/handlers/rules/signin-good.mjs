import { MongoClient } from 'mongodb'

let connected

async function accounts() {
  connected ??= new MongoClient(
    process.env.MONGODB_URI ?? 'mongodb://accounts:secret@accounts-db.internal:27017/accounts',
  ).connect()
  return (await connected).db('accounts').collection('accounts')
}

const refused = (statusCode, message) => ({ statusCode, body: JSON.stringify({ message }) })

export async function handler(event) {
  let credentials
  try {
    credentials = JSON.parse(event.body ?? '')
  } catch {
    return refused(400, 'malformed JSON')
  }
  const { email, token, device } = credentials ?? {}
  if (typeof email !== 'string' || typeof token !== 'string') return refused(400, 'email and token must be texts')
  const collection = await accounts()
  const account = await collection.findOne({
    email: email.toLowerCase(),
    resetToken: token,
    blockedDevices: { $ne: String(device) },
    $or: [{ channel: { $eq: credentials.channel ?? null } }, { channel: { $exists: false } }],
  })
  if (!account) return refused(403, 'wrong token')
  await collection.updateOne({ _id: account._id }, { $set: { lastDevice: device ?? null }, $unset: { resetToken: '' } })
  return { statusCode: 204, body: '' }
}
