import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'chai'
import type { FuzzOptions } from '#src/commands/fuzz-options.js'
import { audited } from '#src/invokers/live/audit-log.js'
import type { Report } from '#src/model/index.js'
import { FUNCTION, functionAnswer, type Stub, startStub } from '../../invokers/live/aws-stub.js'
import { CLI } from '../shop.js'
import { flags, live, liveRun, options, Project } from './live-run.js'

/** `eventfuzz fuzz --live` as a program, its AWS led to the stub. */
function start(project: Project, stub: Stub): ChildProcess {
  const args = [CLI, 'fuzz', FUNCTION, '--live', '-e', 'apigw-v2', '--seed', '5', '--runs', '40']
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: stub.url,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE22',
    AWS_SECRET_ACCESS_KEY: 'x',
  }
  return spawn(process.execPath, args, { cwd: project.dir, env, stdio: 'ignore' })
}

const answer = (response: Parameters<typeof functionAnswer>[0], event: string, id: string) => {
  // A function that echoes markup: something to find, and to find again.
  const name = (JSON.parse(event) as { queryStringParameters?: { q?: string } }).queryStringParameters?.q ?? ''
  const body = { statusCode: 200, headers: { 'content-type': 'text/html' }, body: `<p>${name}</p>` }
  functionAnswer(response, id, JSON.stringify(body))
}

/** The same in this process. */
const again = ({ dir }: Project, changes: Partial<NonNullable<FuzzOptions['live']>>): FuzzOptions =>
  options(dir, { seed: 5, runs: 40, live: { ...flags, ...changes } })

const config = live({ budget: { invocations: 100, gbSeconds: 1_000, time: '5m', concurrency: 3, rate: 10_000 } })
const exit = async (child: ChildProcess): Promise<number | null> => (await once(child, 'close'))[0] as number | null

describe('--resume', () => {
  it('repeats no more than what was under way when the tool was killed, and the audit log says which', async () => {
    const KILL_AT = 30
    let killed = false
    let child: ChildProcess | undefined
    await using stub = await startStub({
      invoke: (response, event, n, id) => {
        if (n < KILL_AT || killed) return answer(response, event, id)
        // Some invocations are under way: nobody will hear how they end.
        killed = true
        setImmediate(() => child?.kill('SIGKILL'))
      },
    })
    using project = new Project(config)
    child = start(project, stub)
    expect(await exit(child)).to.equal(null)
    const under = audited(project.audit()).inFlight
    expect(under.length).to.be.within(1, 3)
    const before = stub.invoked.length

    const resumed = await liveRun(stub.url, again(project, { resume: true }))
    const said = resumed.steps.flatMap((step) => (step.kind === 'announced' ? step.lines : [])).join('\n')
    expect(said).to.include(`${under.length} were under way and may run again: ${under.map(({ n }) => `#${n}`).join(', ')}`)
    const repeated = stub.invoked.slice(before).filter((event) => stub.invoked.slice(0, before).includes(event))
    expect(repeated.length).to.be.at.most(under.length)
    // What was written down before it was sent may never have arrived: it counts all the same.
    expect(resumed.report.run.live?.invocations).to.be.within(
      stub.invoked.length,
      Math.min(100, stub.invoked.length + under.length),
    )
    expect(resumed.report.targets[0]?.status).to.equal('tested')

    // Nothing is missing that a run without an interruption would have tried.
    await using whole = await startStub({ invoke: (response, event, _n, id) => answer(response, event, id) })
    using other = new Project(config)
    const { report } = await liveRun(whole.url, again(other, {}))
    expect(new Set(stub.invoked)).to.deep.equal(new Set(whole.invoked))
    const found = ({ findings }: Report) => findings.map(({ fingerprint }) => fingerprint)
    expect(found(resumed.report)).to.deep.equal(found(report))
  })

  it('asks for the same as before, and for a run that there is', async () => {
    await using stub = await startStub()
    using project = new Project(config)
    const failed = (options: FuzzOptions) =>
      liveRun(stub.url, options).then(
        () => '',
        ({ name, message }) => `${name}: ${message}`,
      )
    expect(await failed(again(project, { resume: true }))).to.match(/^ConfigError: --resume: there is no live run at .*$/)
    await liveRun(stub.url, again(project, {}))
    const before = stub.invoked.length
    const other = { ...again(project, { resume: true }), rules: ['hang'] }
    expect(await failed(other)).to.match(/^ConfigError: --resume: the run was begun with .*$/)
    expect(stub.invoked).to.have.lengthOf(before)
  })
})
