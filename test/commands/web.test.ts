import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import type { StoredCase } from '#src/campaign/stored-case.js'
import type { Report } from '#src/model/index.js'
import { eventfuzz, ROOT } from './shop.js'

/** The same function, as it treats the answer of another host; a shell behind it is given what the event says. */
const handler = (body: string): string => `import { execSync } from 'node:child_process'
const api = 'https://api.partner.example/v1/items'
export const handler = async (event) => {
  const { name, list } = event.queryStringParameters ?? {}
${body}
  return { statusCode: 200, body: 'done' }
}
`
const HANDLERS: Readonly<Record<string, string>> = {
  // Nothing of the answer is read.
  webhook: handler(`  await fetch(api, { method: 'POST', body: JSON.stringify({ name }) })
  execSync('echo ' + name)`),
  // The answer of its own host always has items; ours has none.
  items: handler(`  if (list) return { statusCode: 200, body: (await (await fetch(api)).json()).items.map(String).join() }`),
  // The same error, of the event's own making.
  behind: handler(`  await fetch(api, { method: 'POST' })
  if (list) return { statusCode: 200, body: event.pathParameters.list.map(String) }`),
  // Right where its host answers; the error that axios throws at a connection has no response.
  unreachable: handler(`  try {
    await fetch(api)
  } catch (error) {
    return { statusCode: 502, body: error.response.statusText }
  }`),
  // It lives without its host, and not with ours.
  refused: handler(`  const { items } = await fetch(api).then((answer) => answer.json(), () => ({ items: [] }))
  execSync('echo ' + name + items.map(String).join())`),
}

describe('what other hosts answer', function () {
  this.timeout(120_000)
  const dir = path.join(ROOT, 'dist-test/web-answers')
  before(() => {
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
    for (const [name, text] of Object.entries(HANDLERS)) writeFileSync(path.join(dir, `${name}.mjs`), text)
  })
  const fuzzed = (name: string): Report => {
    const words = ['--event', 'apigw-v2', '--seed', '1', '--runs', '100', '-q']
    const { status, stderr } = eventfuzz(dir, 'fuzz', `${name}.mjs`, ...words)
    expect(status, stderr).to.be.oneOf([0, 1])
    return JSON.parse(readFileSync(path.join(dir, '.eventfuzz/last/report.json'), 'utf8')) as Report
  }
  const shellOf = ({ findings }: Report) => findings.find(({ rule }) => rule === 'command-injection')!
  const storedOf = (fingerprint: string): StoredCase => {
    const file = path.join(dir, `.eventfuzz/last/cases/${fingerprint}.json`)
    expect(existsSync(file)).to.equal(true)
    return JSON.parse(readFileSync(file, 'utf8')) as StoredCase
  }

  it('lets a bug behind a webhook be found, proven and replayed', () => {
    const report = fuzzed('webhook')
    expect(report.targets[0]).to.deep.include({ status: 'tested', missing: [{ kind: 'host', name: 'api.partner.example' }] })
    expect(report.notTested.map(({ what }) => what)).to.include('what webhook.mjs makes of real answers of api.partner.example')
    const { fingerprint, confidence } = shellOf(report)
    expect(confidence).to.equal('confirmed')
    expect(storedOf(fingerprint).steps.every((step) => step.web === undefined)).to.equal(true)
    expect(eventfuzz(dir, 'replay', fingerprint).status).to.equal(1)
  })
  it('is no error of a function that reads what is not in it', () => {
    const { targets, findings } = fuzzed('items')
    expect(targets[0]?.status).to.equal('tested')
    expect(findings.map(({ rule }) => rule)).to.deep.equal([])
  })
  it('leaves an error tentative that may hang on it, and of which nothing was read', () => {
    const { findings } = fuzzed('behind')
    expect(findings.map(({ rule, confidence }) => `${rule} ${confidence}`)).to.deep.equal(['unhandled-error tentative'])
  })
  it('leaves its absence to be tried as well', () => {
    const { findings } = fuzzed('unreachable')
    expect(findings.map(({ rule, confidence }) => `${rule} ${confidence}`)).to.deep.equal(['unhandled-error confirmed'])
    expect(storedOf(findings[0]!.fingerprint).steps.map(({ web }) => web)).to.deep.equal(['refused'])
  })
  it('is left out where no honest event is accepted with it, in replays too', () => {
    const report = fuzzed('refused')
    expect(report.targets[0]?.status).to.equal('tested')
    const { fingerprint } = shellOf(report)
    expect(storedOf(fingerprint).steps.map(({ web }) => web)).to.deep.equal(['refused'])
    expect(eventfuzz(dir, 'replay', fingerprint).status).to.equal(1)
  })
  it('comes from the user first', () => {
    const http = [{ host: 'api.partner.example', path: '/v1/*', body: { items: [1] } }]
    const functions = { 'items.mjs': { http }, 'refused.mjs': { http } }
    writeFileSync(path.join(dir, 'eventfuzz.config.json'), JSON.stringify({ functions }))
    const report = fuzzed('refused')
    expect(report.targets[0]).to.deep.include({ status: 'tested', missing: [] })
    expect(storedOf(shellOf(report).fingerprint).steps.map(({ web }) => web)).to.deep.equal([undefined])
    rmSync(path.join(dir, 'eventfuzz.config.json'))
  })
})
