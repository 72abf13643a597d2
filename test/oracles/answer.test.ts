import { expect } from 'chai'
import type { Effect, Json, Oracle } from '#src/model/index.js'
import { corsAnyOrigin } from '#src/oracles/cors-any-origin.js'
import { headerInjection } from '#src/oracles/header-injection.js'
import { htmlInjection } from '#src/oracles/html-injection.js'
import { logInjection } from '#src/oracles/log-injection.js'
import { openRedirect } from '#src/oracles/open-redirect.js'
import { secretInCall, secretInLog } from '#src/oracles/secret-in-log.js'
import { unverifiedToken } from '#src/oracles/unverified-token.js'
import { effect, HEAD, returned, TAIL, trial } from './trial-maker.js'

const whole = (text: string): string => HEAD + text + TAIL
const page = (body: string, type = 'text/html; charset=utf-8') => ({ statusCode: 200, headers: { 'Content-Type': type }, body })
const redirect = (location: string) => ({ statusCode: 302, headers: { Location: location } })
const host = `${HEAD}.example.invalid`
const cookie = (value: string) => ({ statusCode: 200, cookies: [value] })

/** An answer at which the rule speaks, and the nearest at which it must not. */
const PAIRS: readonly (readonly [Oracle, string, speaks: unknown, silent: unknown])[] = [
  [htmlInjection, 'raw / escaped', page(`<p>${whole('<b>')}</p>`), page(`<p>${whole('&lt;b&gt;')}</p>`)],
  [htmlInjection, 'a page / JSON', page(whole('<b>')), page(whole('<b>'), 'application/json')],
  [htmlInjection, 'a page / no type', page(whole('<b>')), { statusCode: 200, body: whole('<b>') }],
  [htmlInjection, 'out of the attribute / in it', page(`<p title="${whole('">')}">`), page(`<p title='${whole('">')}'>`)],
  [
    htmlInjection,
    'base64 / escaped base64',
    { ...page(Buffer.from(whole('<b>')).toString('base64')), isBase64Encoded: true },
    { ...page(Buffer.from(whole('&lt;')).toString('base64')), isBase64Encoded: true },
  ],
  [
    htmlInjection,
    'lists of values',
    { statusCode: 200, multiValueHeaders: { 'content-type': ['text/html'] }, body: whole('<b>') },
    { statusCode: 200, multiValueHeaders: { 'content-type': ['text/plain'] }, body: whole('<b>') },
  ],
  [htmlInjection, 'both uses raw / both escaped', page(`${whole('x')}${whole('<b>')}`), page(`${whole('x')}${whole('&lt;')}`)],
  [openRedirect, 'the host / a query', redirect(`https://${host}/x`), redirect(`/login?to=https://${host}/x`)],
  [openRedirect, 'two slashes / one', redirect(`//${host}`), redirect(`/${host}`)],
  [openRedirect, 'before the at sign / after it', redirect(`https://shop@${host}`), redirect(`https://${host}@shop.example.com`)],
  [openRedirect, 'Location / Link', redirect(`//${host}`), { statusCode: 302, headers: { Link: `//${host}` } }],
  [headerInjection, 'a line break / escaped', redirect(`/${whole('\r\nx: y')}`), redirect(`/${whole('%0d%0ax: y')}`)],
  [headerInjection, 'cookie: a semicolon / encoded', cookie(`a=${whole('; Domain=x')}`), cookie(`a=${whole('%3B')}`)],
  [headerInjection, 'a cookie / another header', cookie(whole(';')), { statusCode: 200, headers: { 'x-a': whole(';') } }],
]

const says = (oracle: Oracle, changes: Parameters<typeof trial>[0]): string[] =>
  [...oracle.judge(trial(changes))].map(({ rule }) => rule)

describe('rules of the answer', () => {
  for (const [oracle, what, speaks, silent] of PAIRS) {
    it(`${oracle.id}, ${what}`, () => {
      expect(says(oracle, { outcome: returned(speaks) })).to.deep.equal([oracle.id])
      expect(says(oracle, { outcome: returned(silent) })).to.deep.equal([])
      expect(says(oracle, { outcome: returned(speaks), case: { injection: null } }), 'honest data').to.deep.equal([])
      expect(says(oracle, { outcome: returned(speaks), case: { contract: 'batch' } }), 'nobody reads it').to.deep.equal([])
    })
  }

  it('html-injection reads the mail that a Cognito trigger hands back, and nothing else of it', () => {
    const said = (response: object) => {
      const made = trial({
        case: { contract: 'cognito' },
        outcome: returned({ triggerSource: 'CustomMessage_SignUp', response }),
      })
      return [...htmlInjection.judge(made)].map(({ severity, sink }) => `${severity} ${sink?.api}`)
    }
    expect(said({ emailMessage: `<p>${whole('<b>')}` })).to.deep.equal(['low response.emailMessage'])
    expect(said({ emailMessage: `<p>${whole('&lt;b')}` })).to.deep.equal([])
    expect(said({ emailSubject: whole('<b>'), smsMessage: whole('<b>') })).to.deep.equal([])
  })

  it('html-injection knows places apart by the element and the attribute, whatever else the page says', () => {
    const anchorsOf = (body: string) =>
      [...htmlInjection.judge(trial({ outcome: returned(page(body)) }))].map(({ anchor }) => anchor)
    const heading = anchorsOf(`<h1>Hello 17 ${whole('<b>')}`)
    expect(heading).to.deep.equal(['html:200:h1'])
    expect(anchorsOf(`<p>${HEAD.slice(0, -1)}</p><h1 class="a">Bye ${whole('<i>')}`)).to.deep.equal(heading)
    expect(anchorsOf(`<a class="b" href="/x?sort=${whole('"><b>')}">`)).to.deep.equal(['html:200:a href'])
  })

  it('cors-any-origin wants the whole origin and credentials', () => {
    const cors = (origin: string, credentials = 'true') => ({
      case: { injection: null },
      outcome: returned({
        statusCode: 200,
        headers: { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': credentials },
      }),
    })
    expect(says(corsAnyOrigin, cors(HEAD))).to.deep.equal(['cors-any-origin'])
    expect(says(corsAnyOrigin, cors(`https://${HEAD}.example.invalid`))).to.deep.equal(['cors-any-origin'])
    expect(says(corsAnyOrigin, cors(HEAD, 'false'))).to.deep.equal([])
    expect(says(corsAnyOrigin, cors(`https://${HEAD}.example.com`))).to.deep.equal([])
    expect(says(corsAnyOrigin, cors('*'))).to.deep.equal([])
  })
})

describe('rules of the log and of secrets', () => {
  const logged = (log: string) => {
    const made = trial({ secrets: [{ name: 'API_KEY', value: 'k'.repeat(20) }] })
    return { ...made, observations: made.observations.map((one) => ({ ...one, log })) }
  }
  const pairs: readonly (readonly [Oracle, speaks: string, silent: string])[] = [
    [logInjection, `user ${whole('\nEND')}\n`, `user ${whole('\\nEND')}\n`],
    [logInjection, `${whole('\nEND')}\n`, `${whole('\rEND')}\n`],
    [secretInLog, `key ${'k'.repeat(20)}\n`, `key ${'k'.repeat(19)}\n`],
  ]
  for (const [oracle, speaks, silent] of pairs) {
    it(`${oracle.id}: ${JSON.stringify(speaks)}`, () => {
      expect([...oracle.judge(logged(speaks))]).to.have.lengthOf(1)
      expect([...oracle.judge(logged(silent))]).to.deep.equal([])
    })
  }

  it('secret-in-call: what others read, not where secrets are kept', () => {
    const secrets = [{ name: 'API_KEY', value: 'k'.repeat(20) }]
    const call = (service: string, value: string): Effect =>
      effect('aws', { service, operation: 'Put', params: { Body: `{"key":"${value}"}` } })
    expect(says(secretInCall, { secrets, effects: [call('s3', 'k'.repeat(20))] })).to.deep.equal(['secret-in-call'])
    expect(says(secretInCall, { secrets, effects: [call('s3', 'other')] })).to.deep.equal([])
    expect(says(secretInCall, { secrets, effects: [call('secretsmanager', 'k'.repeat(20))] })).to.deep.equal([])
  })
})

describe('unverified-token', () => {
  const claim = { canary: HEAD, point: { wire: '/token/claims/sub', control: 'attacker', encodings: [], kind: 'leaf' } } as const
  const opaque = { ...claim, point: { ...claim.point, wire: '/token/value' } }
  const policy = (principalId: string, Effect = 'Allow') => ({ principalId, policyDocument: { Statement: [{ Effect }] } })
  const judged = (answer: unknown, canary: typeof claim | typeof opaque, wire: Json, effects: readonly Effect[] = []) =>
    says(unverifiedToken, {
      case: { source: 'authorizer-token', contract: 'authorizer', injection: null, canaries: [canary], wire },
      outcome: returned(answer),
      effects,
    })
  const jwt: Json = { token: { kind: 'jwt' } }
  const random: Json = { token: { kind: 'opaque', value: HEAD } }

  it('speaks of an identity that an unsigned token claims', () =>
    expect(judged(policy(HEAD), claim, jwt)).to.deep.equal(['unverified-token']))
  it('speaks of a policy that any text gets', () =>
    expect(judged(policy('user'), opaque, random)).to.deep.equal(['unverified-token']))
  it('reads the simple answer of an HTTP API', () => {
    expect(judged({ isAuthorized: true, context: { user: HEAD } }, claim, jwt)).to.deep.equal(['unverified-token'])
    expect(judged({ isAuthorized: false, context: { user: HEAD } }, claim, jwt)).to.deep.equal([])
  })
  it('is silent when it is refused', () => {
    expect(judged(policy(HEAD, 'Deny'), claim, jwt)).to.deep.equal([])
    expect(judged({ message: HEAD }, claim, jwt)).to.deep.equal([])
  })
  it('is silent when the token was learnt from the function', () =>
    expect(judged(policy('user'), opaque, { token: { kind: 'opaque', value: 'allow' } })).to.deep.equal([]))
  it('is silent when something else may have said that the token is good', () => {
    const asked = effect('aws', { service: 'cognito-idp', operation: 'GetUser', params: {} })
    expect(judged(policy(HEAD), claim, jwt, [asked])).to.deep.equal([])
  })
})
