import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { Worker } from 'node:worker_threads'
import { Pool, request } from 'undici'

const text = (client, ...args) =>
  new Promise((resolve, reject) => {
    const asked = client(...args, (answer) => {
      let body = ''
      answer.on('data', (chunk) => (body += chunk))
      answer.on('end', () => resolve(`${answer.statusCode} ${answer.headers['content-type']} ${body}`))
    })
    asked.on('error', reject)
    asked.end()
  })

const overHttp2 = (url) =>
  new Promise((resolve, reject) => {
    const session = http2.connect(url)
    session.on('error', reject)
    const stream = session.request({ ':path': '/3/device/x', ':method': 'POST' })
    stream.on('error', reject)
    stream.on('response', (headers) => stream.on('end', () => session.close(() => resolve(`${headers[':status']}`))).resume())
    stream.end('{}')
  })

const connected = (client, port, host) =>
  new Promise((resolve, reject) => {
    const socket = client.connect(port, host, { rejectUnauthorized: false })
    socket.on('error', reject)
    socket.on(client === tls ? 'secureConnect' : 'connect', () => resolve('connected'))
  })

const inThread = () =>
  new Promise((resolve, reject) => {
    new Worker(new URL('./web-thread.mjs', import.meta.url)).on('message', resolve).on('error', reject)
  })

const said = async (answer) => `${answer.status} ${answer.headers.get('content-type')} ${await answer.text()}`
// Its connections would be kept open, but for what the answer says.
const kept = new http.Agent({ keepAlive: true, maxSockets: 1 })

const WAYS = {
  http: () => text(http.get, 'http://api.shop.example/a'),
  https: () => text(https.request, { host: 'api.shop.example', path: '/a', method: 'POST' }),
  kept: () => text(http.get, 'http://kept.example/a', { agent: kept }),
  head: () => text(https.request, { host: 'api.shop.example', path: '/a', method: 'HEAD' }),
  xml: () => text(https.request, { host: 'api.shop.example', path: '/a', headers: { accept: 'application/xml' } }),
  plain: () => text(https.request, { host: 'api.shop.example', path: '/a', headers: { accept: 'text/plain' } }),
  fetch: async () => said(await fetch('https://hooks.chat.example/x', { method: 'POST', body: '{}' })),
  undici: async () => (await request('https://api.shop.example:8443/a')).body.text(),
  pool: async () => (await new Pool('http://10.1.2.3:3000').request({ method: 'GET', path: '/a' })).body.text(),
  http2: () => overHttp2('https://api.push.example'),
  thread: inThread,
  twice: async () => [await said(await fetch('https://one.example')), await said(await fetch('https://two.example'))],
  given: async () => said(await fetch('https://api.stripe.example/v1/charges', { method: 'POST' })),
  givenOtherwise: async () => said(await fetch('https://api.stripe.example/v2/charges')),
  smtp: () => connected(net, 25, 'mail.example'),
  smtps: () => connected(tls, 465, 'mail.example'),
  mqtt: () => connected(tls, 8883, 'broker.example'),
  amqp: () => connected(net, 5672, 'broker.example'),
  ssh: () => connected(net, 22, 'host.example'),
  metadata: () => text(http.get, 'http://169.254.169.254/latest/meta-data/'),
  credentials: () => text(http.get, 'http://169.254.170.2/v2/credentials'),
  loopback: () => text(http.get, 'http://127.0.0.1:8080/'),
  localhost: () => text(http.get, 'http://localhost:3000/'),
  loopback6: () => text(http.get, 'http://[::1]:3000/'),
}

/** Asks in one way, and says what came of it. */
export const handler = async ({ way }) => {
  try {
    return await WAYS[way]()
  } catch (error) {
    return (error.cause ?? error).code ?? String(error)
  }
}
