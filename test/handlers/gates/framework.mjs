import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
// As frameworks do: the text of the query is taken apart by code that nobody watches.
const parse = (text) =>
  Object.fromEntries(Array.from(text.matchAll(/([^&=]+)=([^&]*)/g), ([, k, v]) => [decodeURIComponent(k), decodeURIComponent(v)]))
const routes = [['GET', (req) => (req.query.category ? SINK(req.query.sort ?? 'name') : '')]]
export const handler = async (event) => {
  const req = { query: parse(event.rawQueryString ?? '') }
  for (const [method, run] of routes) if (method === event.requestContext.http.method) run(req)
  return { statusCode: 200, body: 'ok' }
}
