import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sourceId } from '../config/index.js'
import { ConfigError, GENERATED_STAGES, type ReproducedOn } from '../model/index.js'
import { awsEndpoint } from './aws-endpoint.js'
import { EXIT } from './exit-codes.js'
import { type LiveCliFlags, liveFlags, oneOf, sandboxLevel, wholeNumber } from './options.js'

export interface ReplayFlags extends LiveCliFlags {
  readonly node?: string
  readonly sandbox?: string
  readonly awsEndpoint?: string
  readonly enforcePolicy?: boolean
  readonly target?: string
}

export async function runReplay(what: string, flags: ReplayFlags): Promise<number> {
  const { visible } = await import('../report/visible.js')
  const warn = (text: string) => void process.stderr.write(`eventfuzz: ${visible(text)}\n`)
  const { stored, file, reproduced, runs, where } = await replayed(what, flags, warn)
  const shown = runs.map((text, i) => `  run ${i + 1}: ${visible(text).slice(0, 300)}`)
  const place = where === 'local' ? '' : ` at ${visible(where)}`
  const verdict =
    reproduced.k > 0
      ? `still reproduces${place} (${reproduced.k} of ${reproduced.n})`
      : `does not reproduce any more${place} (0 of ${reproduced.n})`
  process.stdout.write(
    `${[`${stored.rule} in ${visible(stored.target.id)}, ${visible(stored.pointer)}`, ...shown, verdict].join('\n')}\n`,
  )
  // A finding that was never seen elsewhere needs no list of places.
  if (where !== 'local' || stored.where !== undefined) await note(file, stored.fingerprint, { where, ...reproduced })
  return reproduced.k > 0 ? EXIT.findings : EXIT.clean
}

async function replayed(what: string, flags: ReplayFlags, onWarning: (text: string) => void) {
  const cwd = process.cwd()
  const node = flags.node ?? process.execPath
  const never = new AbortController().signal
  if (flags.target === undefined) {
    const { replay } = await import('../commands/replay.js')
    const enforcePolicy = flags.enforcePolicy === true
    const local = { sandbox: sandboxLevel(flags.sandbox), awsEndpoint: awsEndpoint(flags.awsEndpoint), enforcePolicy }
    return { ...(await replay({ what, cwd, node, ...local, onWarning }, never)), where: 'local' }
  }
  const { replayLive } = await import('../commands/live/replay-live.js')
  const onAnnounced = (lines: readonly string[]) => {
    for (const line of lines) onWarning(line)
  }
  const live = { ...liveFlags(flags), timeMs: undefined }
  return replayLive({ what, target: flags.target, live, cwd, node, onAnnounced, onWarning }, never)
}

async function note(file: string, fingerprint: string, on: ReproducedOn): Promise<void> {
  const { noteReproduced } = await import('../commands/live/note-reproduced.js')
  const report = noteReproduced(file, fingerprint, on)
  if (report === undefined) return
  const { reporters } = await import('../report/index.js')
  writeFileSync(path.join(path.dirname(file), '..', 'report.html'), (await reporters.html()).render(report), { mode: 0o600 })
}

export interface GenerateFlags {
  readonly stage: string
  readonly count: string
  readonly seed: string
  readonly bare?: boolean
  readonly recipe?: boolean
  readonly explain?: boolean
  readonly payloads?: string
}

export async function runGenerate(name: string, flags: GenerateFlags): Promise<number> {
  if (flags.bare === true && flags.explain === true)
    throw new ConfigError('--bare prints events and nothing else: leave out --bare or --explain')
  const source = sourceId(name)
  const stage = oneOf(flags.stage, '--stage', GENERATED_STAGES)
  const count = wholeNumber(flags.count, '--count', 1)
  const seed = wholeNumber(flags.seed, '--seed')
  const { generate } = await import('../commands/generate.js')
  const options = { source, stage, count, seed, recipe: flags.recipe === true, explain: flags.explain === true }
  let lines: string[] = []
  for (const made of generate({ ...options, payloads: flags.payloads })) {
    lines.push(flags.bare === true ? made.events.join('\n') : JSON.stringify(made))
    if (lines.length >= 1_000) {
      await writeOut(lines)
      lines = []
    }
  }
  await writeOut(lines)
  return EXIT.clean
}

async function writeOut(lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  if (!process.stdout.write(`${lines.join('\n')}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
