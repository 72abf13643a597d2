import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { descendants } from '#src/invokers/process-tree.js'
import { attach, type InspectorClient } from './inspector-client.js'
import { commandOf } from './serving.js'
import { CLI, eventfuzz } from './shop.js'

const VULNERABLE = `interface Message { readonly kind?: string }

export const handler = async ({ Records }: { Records: { body: string }[] }): Promise<void> => {
  for (const { body } of Records) {
    const message: Message = JSON.parse(body)
    if (message.kind === 'never') throw new TypeError('what is ' + message.kind)
  }
}
`
const FIXED = `export const handler = async ({ Records }: { Records: { messageId: string }[] }) => ({
  batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
})
`

interface Debugged {
  readonly child: ChildProcess
  readonly output: { stdout: string; stderr: string }
  readonly ended: Promise<number | null>
  /** What it says of itself before it waits. */
  said(what: 'event' | 'function'): string
  readonly port: number
}

/** Starts the command and waits until a debugger may attach. */
async function debugged(cwd: string, ...args: readonly string[]): Promise<Debugged> {
  const child = spawn(process.execPath, [CLI, 'debug', ...args, '--port', '0'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
      if (output.stderr.includes('Ctrl-C')) resolve()
    })
    void ended.then((code) => reject(new Error(`it ended with ${code}: ${output.stderr}`)))
  })
  const said = (what: string) => new RegExp(`^${what}: +(.*)$`, 'm').exec(output.stderr)?.[1] ?? ''
  return { child, output, ended, said, port: Number(/127\.0\.0\.1:(\d+)/.exec(output.stderr)?.[1]) }
}

/** Lets a process run that waits for its debugger. */
async function resumed(port: number): Promise<InspectorClient> {
  const client = await attach(port)
  await client.send('Runtime.enable')
  await client.send('Runtime.runIfWaitingForDebugger')
  return client
}

describe('eventfuzz debug', function () {
  this.timeout(60_000)
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-debugged-'))
  const source = path.join(dir, 'orders.ts')
  let fingerprint = ''

  before(() => {
    writeFileSync(source, VULNERABLE)
    const ran = eventfuzz(dir, 'fuzz', 'orders.ts', '--event', 'sqs', '--runs', '150', '--seed', '1', '-q', '--fail-on', 'low')
    expect(ran.status, ran.stderr).to.equal(1)
    const cases = path.join(dir, '.eventfuzz/last/cases')
    fingerprint = readdirSync(cases)
      .find((name) => readFileSync(path.join(cases, name), 'utf8').includes('"poison-message"'))!
      .slice(0, 12)
  })

  afterEach(() => writeFileSync(source, VULNERABLE))

  it('waits, shows event and function, and runs the case when it is let go: 1', async () => {
    const run = await debugged(dir, fingerprint)
    expect(JSON.parse(readFileSync(run.said('event'), 'utf8'))).to.have.property('Records')
    expect(readFileSync(run.said('function'), 'utf8')).to.include('sourceMappingURL=')
    expect(existsSync(`${run.said('function')}.map`), 'no source map').to.equal(true)
    expect(run.output.stdout).to.equal('')
    const client = await resumed(run.port)
    expect(await run.ended, run.output.stderr).to.equal(1)
    client.close()
    expect(run.output.stdout).to.match(/delivered again[^\n]*\nreproduces\n$/)
    for (const file of [run.said('event'), run.said('function')]) expect(existsSync(file), file).to.equal(false)
  })

  it('runs the function as it is now: 0 when it is fixed', async () => {
    writeFileSync(source, FIXED)
    const run = await debugged(dir, fingerprint)
    const client = await resumed(run.port)
    expect(await run.ended, run.output.stderr).to.equal(0)
    client.close()
    expect(run.output.stdout).to.match(/\ndoes not reproduce\n$/)
  })

  it('stops at a breakpoint in the function, with its event and decoy credentials', async () => {
    const run = await debugged(dir, fingerprint)
    const client = await attach(run.port)
    await client.send('Debugger.enable')
    const line = readFileSync(run.said('function'), 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('JSON.parse'))
    await client.send('Debugger.setBreakpointByUrl', { url: `file://${run.said('function')}`, lineNumber: line })
    const held = client.next('Debugger.paused')
    await client.send('Runtime.runIfWaitingForDebugger')
    await held // Before the first line.
    const paused = client.next('Debugger.paused')
    await client.send('Debugger.resume')
    const [top] = (await paused)['callFrames'] as [{ callFrameId: string; functionName: string }]
    const expression = 'JSON.stringify([typeof body, process.env.AWS_ACCESS_KEY_ID, process.env.HOME])'
    const { result } = await client.send('Debugger.evaluateOnCallFrame', { callFrameId: top.callFrameId, expression })
    const [type, key, home] = JSON.parse((result as { value: string }).value) as string[]
    expect({ type, home }).to.deep.equal({ type: 'string', home: '/home/sbx_user1051' })
    expect(key).to.match(/^ASIA/)
    await client.send('Debugger.disable')
    expect(await run.ended, run.output.stderr).to.equal(1)
    client.close()
  })

  it('says what keeps the function from loading: 3', async () => {
    writeFileSync(source, 'throw new Error("no database")')
    const run = await debugged(dir, fingerprint)
    const client = await attach(run.port)
    await client.send('Runtime.enable')
    const loaded = client.next('Runtime.executionContextDestroyed')
    await client.send('Runtime.runIfWaitingForDebugger')
    await loaded // A process that would end waits for its debugger to leave.
    client.close()
    expect(await run.ended).to.equal(3)
    expect(run.output.stderr).to.match(/no database/)
    expect(run.output.stdout).to.equal('')
  })

  it('ends what it has started on Ctrl-C while it waits: 130', async () => {
    const run = await debugged(dir, fingerprint)
    const started = descendants(run.child.pid!)
    expect(started.length).to.be.greaterThan(1)
    run.child.kill('SIGINT')
    expect(await run.ended, run.output.stderr).to.equal(130)
    expect(started.map(commandOf).filter((command) => command !== '')).to.deep.equal([])
    expect(existsSync(run.said('function'))).to.equal(false)
  })

  it('ends on Ctrl-C while it stands at a breakpoint: 130', async () => {
    const run = await debugged(dir, fingerprint)
    const client = await attach(run.port)
    await client.send('Debugger.enable')
    const held = client.next('Debugger.paused')
    await client.send('Runtime.runIfWaitingForDebugger')
    await held
    run.child.kill('SIGINT')
    expect(await run.ended).to.equal(130)
    client.close()
  })

  it('says in one line that the port is taken, or the case is not known: 2', async () => {
    const server = net.createServer()
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port)),
    )
    const taken = eventfuzz(dir, 'debug', fingerprint, '--port', String(port))
    server.close()
    expect(taken.status).to.equal(2)
    expect(taken.stderr).to.match(/^eventfuzz: The port \d+ .*EADDRINUSE.*--port[^\n]*\n$/)
    const unknown = eventfuzz(dir, 'debug', 'deadbeef')
    expect(unknown.status).to.equal(2)
    expect(unknown.stderr).to.match(/^eventfuzz: No stored case[^\n]*\n$/)
  })
})
