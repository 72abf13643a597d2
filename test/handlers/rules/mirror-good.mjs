// Fetches a badge from the hosts of our partners and hands it on.
const PARTNERS = ['partner-one.dev', 'badges.partner-two.org']

export async function handler(event) {
  const { badge } = event.queryStringParameters ?? {}
  if (!badge) return { statusCode: 400, body: 'badge is missing' }
  let address
  try {
    address = new URL(badge)
  } catch {
    return { statusCode: 400, body: 'badge is no address' }
  }
  const isPartner = PARTNERS.some((host) => address.hostname === host || address.hostname.endsWith(`.${host}`))
  if (!isPartner || address.port !== '') return { statusCode: 403, body: 'not a partner' }
  try {
    const answer = await fetch(address)
    return { statusCode: answer.status, headers: { 'content-type': 'image/svg+xml' }, body: await answer.text() }
  } catch {
    return { statusCode: 502, body: 'partner does not answer' }
  }
}
