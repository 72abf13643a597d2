import { unserialize } from 'node-serialize'

/** Goes on with a form where the sender left it: the link in the mail carries its state. */
export const handler = async (event) => {
  const link = event.queryStringParameters?.state
  if (link === undefined) return { statusCode: 200, body: 'step 1' }
  let state
  try {
    state = unserialize(Buffer.from(link, 'base64').toString())
  } catch {
    return { statusCode: 400, body: 'no state' }
  }
  return { statusCode: 200, body: `step ${state?.step ?? 1}` }
}
