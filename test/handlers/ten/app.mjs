import { exec, execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(exec)
const runFile = promisify(execFile)
const page = (body) => ({ statusCode: 200, headers: { 'content-type': 'text/html' }, body: `<html><body>${body}</body></html>` })
const json = (value) => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })
const defaults = { colour: 'grey', notify: { mail: true } }

/** Ten routes, each with one thing wrong. */
const routes = {
  '/thumb': async ({ file = 'none' }) => json(await run(`convert "${file}" /tmp/out.png`)),
  '/archive': async ({ name = 'all' }) => json(await run(`tar -czf /tmp/out.tgz files/${name}`)),
  '/clone': async ({ url = 'none' }) => json(await runFile('git', ['clone', url, '/tmp/clone'])),
  '/help': async ({ topic = 'start' }) => ({
    statusCode: 200,
    body: await readFile(path.join('help', topic), 'utf8').catch(() => 'none'),
  }),
  '/preview': async ({ link = '' }) =>
    json(
      await fetch(link).then(
        (found) => found.status,
        () => 0,
      ),
    ),
  '/hello': async ({ name = 'you' }) => page(`Hello ${name}`),
  '/leave': async ({ to = '/' }) => ({ statusCode: 302, headers: { location: to } }),
  '/lang': async ({ lang = 'en' }) => ({ statusCode: 204, cookies: [`lang=${lang}; Path=/`] }),
  '/price': async ({ formula = '1' }) => json(number(formula)),
  '/settings': async (_query, body) => json(merge({ ...defaults }, body)),
}

function number(formula) {
  try {
    return Number(new Function(`return (${formula})`)())
  } catch {
    return null
  }
}

function merge(target, source) {
  for (const key of Object.keys(source)) {
    if (typeof source[key] === 'object' && source[key] !== null && typeof target[key] === 'object')
      merge(target[key], source[key])
    else target[key] = source[key]
  }
  return target
}

const bodyOf = (event) => {
  try {
    const value = JSON.parse(event.body ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

export const handler = async (event) => {
  const route = Object.hasOwn(routes, event.rawPath) ? routes[event.rawPath] : undefined
  if (route === undefined) return { statusCode: 404, body: 'not found' }
  return route(event.queryStringParameters ?? {}, bodyOf(event)).catch(() => ({ statusCode: 500, body: 'failed' }))
}
