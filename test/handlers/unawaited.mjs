import http from 'node:http'
import https from 'node:https'

const URL = 'https://dynamodb.us-east-1.amazonaws.com/'

const byFetch = () => fetch(URL, { method: 'POST', body: '{}' }).catch(() => undefined)

const byRequest = (module = https) =>
  new Promise((resolve) => {
    const request = module.request(URL, { method: 'POST', agent: new https.Agent({ keepAlive: false }) }, (answer) => {
      answer.resume().on('end', resolve)
    })
    request.on('error', resolve).end('{}')
  })

const refused = () => new Promise((resolve) => http.get('http://192.0.2.1:9/').on('error', resolve))

const refusedOverTls = () =>
  new Promise((_resolve, reject) => https.request('https://192.0.2.1:9/').on('error', reject).end()).catch(() => undefined)

const later = () => new Promise((resolve) => setTimeout(resolve, 1))

const WAYS = {
  'fetch, awaited': () => byFetch(),
  'https, awaited': () => byRequest(),
  'refused, awaited': () => refused(),
  'refused over TLS, awaited': () => refusedOverTls(),
  'two at once, awaited': () => Promise.all([byFetch(), byRequest()]),
  'fetch, left': () => void byFetch(),
  'https, left': () => void byRequest(),
  'forEach, left': () =>
    [1].forEach(async () => {
      await later()
      await byRequest()
    }),
}

export const handler = async ({ way }) => {
  await WAYS[way]()
  return { statusCode: 200, body: way }
}
