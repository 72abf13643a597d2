import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Fuzzed, type FuzzStep, fuzz } from '#src/commands/fuzz.js'
import type { FuzzOptions } from '#src/commands/fuzz-options.js'
import { type AuditLine, readLines } from '#src/invokers/live/audit-log.js'
import { FUNCTION } from '../../invokers/live/aws-stub.js'

export const OWNER = 'We own what answers here, and agree to this.'

/** A configuration that allows the stub's function; a test states only what is different. */
export const live = (changes: object = {}) => ({
  owner: OWNER,
  accounts: ['111122223333'],
  regions: ['eu-central-1'],
  functions: [FUNCTION],
  budget: { invocations: 40, gbSeconds: 1_000, time: '5m', concurrency: 2, rate: 10_000 },
  ...changes,
})

/** An empty project with that configuration. */
export class Project implements Disposable {
  readonly dir = mkdtempSync(path.join(os.tmpdir(), 'ef-live-'))

  constructor(config: object | undefined) {
    if (config !== undefined) this.write('eventfuzz.config.json', JSON.stringify({ live: config }))
  }

  write(name: string, text: string): void {
    writeFileSync(path.join(this.dir, name), text)
  }

  read(name: string): string {
    return readFileSync(path.join(this.dir, name), 'utf8')
  }

  audit(): AuditLine[] {
    return readLines<AuditLine>(path.join(this.dir, '.eventfuzz/last/audit.jsonl'))
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

export const flags = {
  flag: true,
  profile: undefined,
  region: undefined,
  endpoint: undefined,
  streamed: false,
  resume: undefined,
}

export const options = (cwd: string, changes: Partial<FuzzOptions> = {}): FuzzOptions => ({
  ...{ targets: [FUNCTION], events: ['apigw-v2'], policies: [], environment: {}, timeoutMs: undefined, memoryMb: undefined },
  ...{ runtime: undefined, runs: undefined, timeMs: undefined, seed: 7, workers: 1, outputDir: undefined },
  ...{ node: process.execPath, sandbox: undefined, rules: [], excludeRules: [], experimental: false, payloads: undefined },
  ...{ baseline: undefined, seedEvents: undefined, executeSinks: false, awsEndpoint: undefined, enforcePolicy: false },
  live: flags,
  cwd,
  ...changes,
})

export interface Ran extends Fuzzed {
  readonly steps: readonly FuzzStep[]
}

/** Fuzzes with the AWS clients led to the stub, by the variables that they know. */
export async function liveRun(stub: string | undefined, run: FuzzOptions, signal = new AbortController().signal): Promise<Ran> {
  const env = {
    ...{ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE22', AWS_SECRET_ACCESS_KEY: 'not-a-secret', AWS_EC2_METADATA_DISABLED: 'true' },
    ...(stub === undefined ? {} : { AWS_ENDPOINT_URL: stub }),
  }
  const before = Object.fromEntries(Object.keys(env).map((name) => [name, process.env[name]]))
  Object.assign(process.env, env)
  const steps: FuzzStep[] = []
  try {
    return { ...(await fuzz(run, (step) => steps.push(step), signal)), steps }
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
