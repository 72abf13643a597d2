import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { type Case, type Effect, type Outcome, PACKAGE_ROOT, type PayloadFamily, readPackageJson } from '#src/model/index.js'
import { oracles } from '#src/oracles/index.js'
import { effect, HEAD, returned, TAIL, trial } from './trial-maker.js'

/** Payloads as they reach a function's code, of every family that is a text. */
const FILES = readdirSync(new URL('payloads/', PACKAGE_ROOT)).filter((name) => name.endsWith('.json'))
const TEXTS = FILES.flatMap((name) => {
  const family = readPackageJson(`payloads/${name}`) as unknown as PayloadFamily
  const texts = family.payloads.filter(({ value }) => typeof value === 'string' && !value.includes('{{token.'))
  return texts.map(({ id, value }) => ({ family: family.id, payload: id, text: rendered(String(value)) }))
})

function rendered(template: string): string {
  const framed = template.includes('{{canary}}') ? template : `{{canary}}${template}{{tail}}`
  return framed
    .replaceAll('{{canary}}', HEAD)
    .replaceAll('{{tail}}', TAIL)
    .replaceAll('{{canary.a}}', 'efcccccccca2z')
    .replaceAll('{{canary.b}}', 'efccccccccb2z')
    .replaceAll(/\{\{n[12]\}\}/g, '1009')
}

interface Seen {
  readonly effects?: readonly Effect[]
  readonly outcome?: Outcome
}

const html = (text: string) => text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const aws = (service: string, operation: string, params: object): Seen => ({
  effects: [effect('aws', { service, operation, params: params as never, api: `${service}:${operation}` })],
})
const answers = (headers: object, body: string): Seen => ({ outcome: returned({ statusCode: 200, headers, body }) })

/** Where careful code brings a text of the sender's: each is a sink, and each use of it is right. */
const SAFE: Readonly<Record<string, (text: string) => Seen>> = {
  'a bound parameter': (text) => ({
    effects: [effect('sql', { text: 'SELECT * FROM t WHERE a = $1', bound: [text], dialect: 'postgresql' })],
  }),
  'a literal with doubled quotes': (text) => ({
    effects: [
      effect('sql', {
        text: `SELECT * FROM t WHERE a = '${text.replaceAll('\0', '').replaceAll("'", "''")}'`,
        bound: [],
        dialect: 'postgresql',
      }),
    ],
  }),
  'a word in single quotes of a shell': (text) => ({
    effects: [effect('process', { file: '/bin/sh', argv: [], shell: true, command: `ls '${text.replaceAll("'", "'\\''")}'` })],
  }),
  'an argument behind --': (text) => ({
    effects: [effect('process', { file: 'git', argv: ['clone', '--', text], shell: false, command: 'git clone' })],
  }),
  'JSON in a script': (text) => ({ effects: [effect('code', { how: 'vm.Script', source: `f(${JSON.stringify(text)})` })] }),
  'an escaped pattern': (text) => ({
    effects: [effect('regexp', { source: text.replace(/[.*+?^${}()|[\]\\\-/]/g, '\\$&'), input: '' })],
  }),
  'a name below its directory': (text) => {
    const real = path.posix.join('/tmp/in', path.posix.basename(text.replaceAll('\\', '/')))
    return { effects: [effect('fs', { op: 'writeFile', path: real, real })] }
  },
  'a value of an expression': (text) =>
    aws('dynamodb', 'Query', {
      TableName: 't',
      KeyConditionExpression: 'a = :a',
      ExpressionAttributeValues: { ':a': { S: text } },
    }),
  'an attribute of an item': (text) =>
    aws('dynamodb', 'PutItem', { TableName: 't', Item: { id: { S: 'a' }, note: { S: text } } }),
  'a parameter of PartiQL': (text) =>
    aws('dynamodb', 'ExecuteStatement', { Statement: 'SELECT * FROM t WHERE a = ?', Parameters: [{ S: text }] }),
  'JSON in a message': (text) => aws('sqs', 'SendMessage', { QueueUrl: 'q', MessageBody: JSON.stringify({ note: text }) }),
  'the text of a mail': (text) => aws('ses', 'SendEmail', { Message: { Body: { Text: { Data: text } } } }),
  'escaped text of a page': (text) => answers({ 'content-type': 'text/html' }, `<p title="${html(text)}">${html(text)}</p>`),
  'JSON of an answer': (text) => answers({ 'content-type': 'application/json' }, JSON.stringify({ note: text })),
  'an encoded header': (text) => answers({ 'x-note': encodeURIComponent(text.toWellFormed()) }, 'ok'),
  'a path of the site to go to': (text) =>
    answers({ location: `https://shop.example.com/${encodeURIComponent(text.toWellFormed())}` }, ''),
  'a query to a fixed host': () => ({ effects: [effect('connect', { host: 'api.example.com', port: 443 })] }),
}

/** The same sinks without the care: what is silent above has to be able to speak. */
const CARELESS: typeof SAFE = {
  'a literal as it came': (text) => ({
    effects: [effect('sql', { text: `SELECT * FROM t WHERE a = '${text}'`, bound: [], dialect: 'postgresql' })],
  }),
  'a word of a shell': (text) => ({
    effects: [effect('process', { file: '/bin/sh', argv: [], shell: true, command: `ls ${text}` })],
  }),
  'text of a script': (text) => ({ effects: [effect('code', { how: 'vm.Script', source: `f('${text}')` })] }),
  'text of a page': (text) => answers({ 'content-type': 'text/html' }, `<p>${text}</p>`),
  'a pattern': (text) => ({ effects: [effect('regexp', { source: text, input: '' })] }),
}

/** Rules that speak of a text at a sink. */
function spokenOf({ family, payload, text }: (typeof TEXTS)[number], seen: Seen): readonly string[] {
  const injection = { ...trial({}).case.injection!, family, payload, joined: 'efcccccccca2zefccccccccb2z' }
  const made: Partial<Case> = { injection: { ...injection, text: text.slice(HEAD.length, -TAIL.length) } }
  const judged = trial({ case: made, event: { queryStringParameters: { q: text } }, ...seen })
  return oracles.flatMap((oracle) => [...oracle.judge(judged)].map(({ rule }) => rule))
}

describe('safe sink hits', () => {
  const hits = TEXTS.flatMap((sent) => Object.entries(SAFE).map(([what, use]) => ({ sent, what, seen: use(sent.text) })))

  it('are more than a thousand', () => expect(hits.length).to.be.above(1000))
  it('give no finding of any weight', () => {
    const spoken = hits.flatMap(({ sent, what, seen }) =>
      spokenOf(sent, seen).map((rule) => `${rule} at ${what}: ${sent.family}/${sent.payload}`),
    )
    expect(spoken).to.deep.equal([])
  })
  for (const [what, use] of Object.entries(CARELESS))
    it(`speak without the care: ${what}`, () => {
      const spoken = TEXTS.filter((sent) => spokenOf(sent, use(sent.text)).length > 0)
      expect(spoken.length).to.be.at.least(3)
    })
})
