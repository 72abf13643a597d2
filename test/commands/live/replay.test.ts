import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { noteReproduced } from '#src/commands/live/note-reproduced.js'
import { type LiveReplayOptions, replayLive } from '#src/commands/live/replay-live.js'
import { replay } from '#src/commands/replay.js'
import type { Report } from '#src/model/index.js'
import { reporters } from '#src/report/index.js'
import { type Server, startServer } from '../serving.js'
import { flags, live, liveRun, options, Project } from './live-run.js'

const page = (value: string) => `export const handler = async (event) => ({
  statusCode: 200,
  headers: { 'content-type': 'text/html' },
  body: '<p>' + ${value} + '</p>',
})
`
const ESCAPED = `(event.queryStringParameters?.q ?? '').replace(/[&<>"']/g, (sign) => '&#' + sign.charCodeAt(0) + ';')`
const never = new AbortController().signal

describe('a case on this machine and where its function is deployed', () => {
  let server: Server
  let project: Project
  const served = (names: readonly string[]) => startServer(project.dir, ...names, '--event', 'apigw-v2')

  before(async () => {
    project = new Project(undefined)
    project.write('package.json', '{ "type": "module" }')
    project.write('page.mjs', page("(event.queryStringParameters?.q ?? '')"))
    project.write('fixed.mjs', page(ESCAPED))
    server = await served(['page.mjs', 'fixed.mjs'])
    const budget = { invocations: 400, gbSeconds: 1_000, time: '5m', concurrency: 2, rate: 10_000 }
    const config = live({ endpoints: [server.endpoint], targets: { 'page.mjs': 'page-mjs' }, budget })
    project.write('eventfuzz.config.json', JSON.stringify({ live: config }))
  })
  after(async () => {
    await server.stop()
    project[Symbol.dispose]()
  })

  const dir = () => path.join(project.dir, '.eventfuzz/last')
  const caseFile = () => path.join(dir(), 'cases', readdirSync(path.join(dir(), 'cases'))[0]!)
  const at = (target: string, what: string): LiveReplayOptions => ({
    ...{ what, target, cwd: project.dir, node: process.execPath, onAnnounced: () => undefined, onWarning: () => undefined },
    live: { ...flags, endpoint: server.endpoint, timeMs: undefined },
  })

  it('found here: is replayed there, and the report says where it was seen', async () => {
    const local = options(project.dir, { targets: ['page.mjs'], runs: 300, rules: ['html-injection'], live: undefined })
    const { report } = await liveRun(undefined, local)
    expect(report.findings.map(({ rule }) => rule)).to.deep.equal(['html-injection'])
    const { fingerprint } = report.findings[0]!
    // fuzz leaves the report to its caller.
    const replayed = await replayLive(at('page-mjs', fingerprint), never)
    expect(replayed.reproduced).to.deep.equal({ k: 3, n: 3 })
    expect(replayed.where).to.equal('loopback page-mjs')
    const noted = noteReproduced(replayed.file, fingerprint, { where: replayed.where, ...replayed.reproduced })
    const read = JSON.parse(readFileSync(path.join(dir(), 'report.json'), 'utf8')) as Report
    expect(read).to.deep.equal(noted)
    expect(read.findings[0]?.reproducedOn).to.deep.equal([
      { where: 'local', k: 3, n: 3 },
      { where: 'loopback page-mjs', k: 3, n: 3 },
    ])
    for (const name of ['list', 'markdown', 'html'] as const)
      expect((await reporters[name]()).render(read)).to.include('local 3 of 3, loopback page-mjs 3 of 3')
    // The function that escapes what it shows.
    expect((await replayLive(at('fixed-mjs', caseFile()), never)).reproduced).to.deep.equal({ k: 0, n: 3 })
  })

  it('found there: is replayed there by the command that the report gives, and here', async () => {
    const run = options(project.dir, { targets: ['page.mjs'], runs: 150, rules: ['html-injection'] })
    const { report } = await liveRun(undefined, { ...run, live: { ...flags, endpoint: server.endpoint } })
    const [finding] = report.findings
    expect(finding?.reproducedOn).to.deep.equal([{ where: 'loopback page-mjs', k: 3, n: 3 }])
    expect(finding?.replay).to.match(/^npx eventfuzz replay [0-9a-f]{12} --live --target page-mjs --endpoint http:/)
    expect((await replayLive(at('page-mjs', finding!.fingerprint), never)).reproduced.k).to.equal(3)
    const here = { what: finding!.fingerprint, cwd: project.dir, node: process.execPath, sandbox: undefined }
    const local = await replay({ ...here, awsEndpoint: undefined, enforcePolicy: false, onWarning: () => undefined }, never)
    expect(local.reproduced).to.deep.equal({ k: 3, n: 3 })
  })

  it('passes the same guards as any live run', async () => {
    const refused = (changes: Partial<LiveReplayOptions>) =>
      replayLive({ ...at('page-mjs', caseFile()), ...changes }, never).then(
        () => '',
        ({ name, message }: Error) => `${name}: ${message}`,
      )
    const { live: allowed } = at('page-mjs', '')
    expect(await refused({ live: { ...allowed, flag: false } })).to.match(/^ConfigError: .*--live/)
    expect(await refused({ live: { ...allowed, endpoint: 'http://127.0.0.1:1' } })).to.match(/^ConfigError: .*live\.endpoints/)
    expect(await refused({ target: 'page-prod' })).to.match(/^ConfigError: .*looks like production/)
    expect(await refused({ target: 'nobody' })).to.match(/^TargetError: .*does not exist/)
  })
})
