const read = (value) => {
  try {
    return JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

export const handler = async ({ queryStringParameters }) => {
  const { state: link } = queryStringParameters ?? {}
  const state = link ? read(link) : { step: 1 }
  if (state === null || typeof state !== 'object') return { statusCode: 400, body: 'no state' }
  console.log(JSON.stringify({ resumed: state.step ?? null }))
  return { statusCode: 200, body: JSON.stringify({ step: Number(state.step) || 1 }) }
}
