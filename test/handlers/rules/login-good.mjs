const SITE = 'https://shop.example.com'

/** After the login the user goes back to where they came from, on this site only. */
export async function handler(event) {
  const wanted = event.queryStringParameters?.returnTo || '/'
  const to = URL.canParse(wanted, SITE) ? new URL(wanted, SITE) : new URL(SITE)
  const target = to.origin === SITE ? to.href : `${SITE}/?lost=${encodeURIComponent(wanted)}`
  return { statusCode: 302, headers: { Location: target }, body: '' }
}
