/** A failure that the client caused and may read about. */
export class HttpError extends Error {
  constructor(statusCode, message) {
    super(message)
    this.name = 'HttpError'
    this.statusCode = statusCode
  }
}

export const json = (statusCode, value) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

export const text = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
})

/** The JSON object in the request body; anything else is the client's mistake. */
export const jsonBody = (event) => {
  const value = parse(rawBody(event))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HttpError(400, 'The body must be a JSON object')
  return value
}

const rawBody = ({ body, isBase64Encoded }) => {
  if (typeof body !== 'string' || body === '') throw new HttpError(400, 'The body is missing')
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body
}

const parse = (raw) => {
  try {
    return JSON.parse(raw)
  } catch {
    throw new HttpError(400, 'The body is not valid JSON')
  }
}

/** A non-empty string of at most `max` characters. */
export const requireText = (value, name, max = 256) => {
  if (typeof value !== 'string' || value === '' || value.length > max) {
    throw new HttpError(400, `${name} must be a string of 1 to ${max} characters`)
  }
  return value
}

/** Dispatches to one function per route and turns every error into an answer. */
export const router = (routes, routeOf) => async (event) => {
  const route = routes.get(routeOf(event))
  if (route === undefined) return json(404, { error: 'No such route' })
  try {
    return await route(event)
  } catch (error) {
    if (error instanceof HttpError) return json(error.statusCode, { error: error.message })
    console.error('request failed', error)
    return json(500, { error: 'Internal error' })
  }
}
