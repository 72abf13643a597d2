// Requests that no SDK makes, signed by hand.
import childProcess from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { request as plain } from 'node:http'
import { connect } from 'node:http2'
import https from 'node:https'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

const hash = (text) => createHash('sha256').update(text).digest('hex')
const hmac = (key, text) => createHmac('sha256', key).update(text).digest()
const date = () => new Date().toISOString().replace(/[:-]|\.\d+/g, '')

/** Signature Version 4 in ten lines, as aws4 does it. */
function signed(host, target, body) {
  const at = date()
  const scope = `${at.slice(0, 8)}/us-east-1/dynamodb/aws4_request`
  const head = `host:${host}\nx-amz-date:${at}\nx-amz-target:${target}\n`
  const canonical = `POST\n/\n\n${head}\nhost;x-amz-date;x-amz-target\n${hash(body)}`
  const key = scope.split('/').reduce(hmac, `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`)
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${at}\n${scope}\n${hash(canonical)}`).toString('hex')
  const credential = `Credential=${process.env.AWS_ACCESS_KEY_ID}/${scope}`
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${signature}`
  return { 'content-type': 'application/x-amz-json-1.0', 'x-amz-date': at, 'x-amz-target': target, authorization }
}

const HOST = 'dynamodb.us-east-1.amazonaws.com'
const get = (table, mark) => JSON.stringify({ TableName: table, Key: { id: { S: mark } } })
const headers = (body) => signed(HOST, 'DynamoDB_20120810.GetItem', body)

const ask = (make, options, body) =>
  new Promise((resolve, reject) => {
    const request = make(options, (response) => response.resume().on('end', resolve))
    request.on('error', reject)
    request.end(body)
  })

const overHttp2 = (body) =>
  new Promise((resolve, reject) => {
    const session = connect(`https://${HOST}`)
    session.on('error', reject)
    const stream = session.request({ ':method': 'POST', ':path': '/', ...headers(body) }) // cell-raw2
    stream.on('end', () => session.close(resolve)).resume()
    stream.end(body)
  })

const extension = (path) => ({ host: 'localhost', port: 2773, path, headers: { 'X-Aws-Parameters-Secrets-Token': 'token' } })
const beside = (name) => fileURLToPath(new URL(name, import.meta.url))
const ended = (child) => new Promise((resolve, reject) => child.on('exit', resolve).on('error', reject))

let pool
const cells = {
  https: async (mark) => {
    const body = get('cell-https', mark)
    await ask(https.request, { host: HOST, method: 'POST', headers: headers(body) }, body) // line-https
  },
  fetch: async (mark) => {
    const body = get('cell-fetch', mark)
    await fetch(`https://${HOST}/`, { method: 'POST', headers: headers(body), body }) // line-fetch
  },
  http2: async (mark) => await overHttp2(get('cell-http2', mark)),
  secret: async (mark) => await ask(plain, extension(`/secretsmanager/get?secretId=${mark}`)), // cell-secret
  parameter: async (mark) => await ask(plain, extension(`/systemsmanager/parameters/get?name=${mark}`)), // cell-parameter
  configuration: async (mark) =>
    await ask(plain, { ...extension(`/applications/${mark}/environments/e/configurations/c`), port: 2772 }), // cell-configuration
  form: async (mark) => {
    const at = date()
    const scope = `${at.slice(0, 8)}/us-east-1/s3/aws4_request`
    const credential = { 'x-amz-credential': `${process.env.AWS_ACCESS_KEY_ID}/${scope}` }
    const conditions = [{ bucket: 'cell-form' }, ['starts-with', '$key', `${mark}/`], credential]
    const policy = Buffer.from(JSON.stringify({ expiration: '2030-01-01T00:00:00Z', conditions })).toString('base64')
    return hmac(scope.split('/').reduce(hmac, `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`), policy).toString('hex') // cell-sign
  },
  worker: async (mark) => {
    await ended(new Worker(new URL('in-worker.mjs', import.meta.url), { workerData: mark }))
  },
  pooled: async (mark) => {
    pool ??= new Worker(new URL('in-pool.mjs', import.meta.url))
    pool.postMessage(mark)
    await new Promise((resolve) => pool.once('message', resolve))
  },
  child: async (mark) => await ended(childProcess.spawn(process.execPath, [beside('in-child.mjs'), mark])),
  forked: async (mark) => await ended(childProcess.fork(beside('in-child.mjs'), [mark])),
  pinned: async () => {
    const checkServerIdentity = () => new Error('this is not the certificate that I know')
    await ask(https.request, { host: HOST, method: 'POST', checkServerIdentity, agent: false }, '')
  },
}

export const handler = async ({ cell, mark }) => (await cells[cell](mark)) ?? null
