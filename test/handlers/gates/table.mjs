import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
process.env.MODE_TOKEN ??= 'tok-' + '77'
export const handler = async (event) => {
  const b = JSON.parse(event.body || '{}')
  const t = {
    create() {},
    purge(x) {
      SINK(x.name)
    },
  }
  const f = t[b.op]
  if (f) f(b)
  return { statusCode: 200, body: 'ok' }
}
