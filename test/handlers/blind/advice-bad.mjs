const advice = []

const parse = (text) => {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** Checks a bio; what it would change comes back as advice. */
export async function handler({ body }) {
  const bio = parse(body)?.bio
  if (typeof bio !== 'string') return { statusCode: 400, body: 'bio?' }
  if (bio.length > 80) advice.push(`shorten "${bio}"`)
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advice }) }
}
