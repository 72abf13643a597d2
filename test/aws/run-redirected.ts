import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Sidecar, startSidecar } from '#src/aws/client.js'
import type { AwsCall, AwsFixture, SidecarPaths } from '#src/model/index.js'

const fixtures = resolve('test/aws/fixtures')

/** A sidecar with one open target, and the calls it has told of. */
export interface OpenSidecar extends AsyncDisposable {
  readonly sidecar: Sidecar
  readonly sockets: SidecarPaths
  readonly ca: string
  readonly calls: AwsCall[]
  readonly warnings: string[]
}

export async function openSidecar(given: readonly AwsFixture[] = []): Promise<OpenSidecar> {
  const dir = mkdtempSync(join(tmpdir(), 'ef-aws-'))
  const warnings: string[] = []
  const sidecar = await startSidecar((message) => warnings.push(message))
  const calls: AwsCall[] = []
  const target = { id: 't', dir, region: 'eu-west-1', account: '000000000000', fixtures: given }
  const { sockets, ca } = await sidecar.open(target, (call) => calls.push(call))
  return {
    sidecar,
    sockets,
    ca,
    calls,
    warnings,
    async [Symbol.asyncDispose]() {
      await sidecar[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true })
    },
  }
}

export interface Ran {
  readonly result: Record<string, unknown>
  readonly asked: readonly { readonly host: string; readonly port?: number; readonly api: string }[]
}

/** Ways to run a child: `plain`, and without any network where the machine allows it. */
export const ISOLATIONS: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  unshare: ['unshare', '-Urn'],
  bwrap: ['bwrap', '--unshare-all', '--dev-bind', '/', '/'],
}

export const works = (isolation: string): boolean => {
  const [file, ...args] = ISOLATIONS[isolation]!
  return file === undefined || spawnSync(file, [...args, 'true']).status === 0
}

/** Runs a scenario of test/aws/fixtures in a process of its own, under the redirection. */
export async function runRedirected(
  open: OpenSidecar,
  scenario: string,
  isolation = 'plain',
  stubs: readonly string[] = [],
): Promise<Ran> {
  const [file, ...args] = [...ISOLATIONS[isolation]!, process.execPath, join(fixtures, 'redirected.mjs')]
  const settings = { sockets: open.sockets, ca: open.ca, scenario: pathToFileURL(join(fixtures, `${scenario}.mjs`)).href, stubs }
  const env = { ...CREDENTIALS, PATH: process.env.PATH, EVENTFUZZ_TEST: JSON.stringify(settings) }
  const child = spawn(file!, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  await new Promise((resolved) => child.once('close', resolved))
  await open.sidecar.flush('t')
  if (out === '') throw new Error(`the scenario printed nothing: ${err}`)
  return JSON.parse(out) as Ran
}

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIAEVENTFUZZEXAMPLE', AWS_SECRET_ACCESS_KEY: 'not-a-secret', AWS_REGION: 'eu-west-1' }
