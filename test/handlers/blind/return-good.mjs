const HOME = '/account'
const signedOut = 'session=; Max-Age=0; Path=/; Secure; HttpOnly'

const BASE = 'https://shop.example.com'

function own(place) {
  if (place === null || !URL.canParse(place, BASE)) return HOME
  const { origin, pathname, search } = new URL(place, BASE)
  return origin === BASE ? pathname.replace(/^\/+/, '/') + search : HOME
}

const to = (Location, cookies) => ({ statusCode: 303, headers: { Location }, cookies })

export async function handler({ rawPath, rawQueryString }) {
  const asked = new URLSearchParams(rawQueryString)
  if (rawPath === '/leave') return to(own(asked.get('back')), [signedOut])
  if (rawPath === '/') return to(HOME, [])
  return { statusCode: 404, body: 'there is no such page' }
}
