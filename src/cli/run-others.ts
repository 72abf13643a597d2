import { sourceId } from '../config/index.js'
import { ConfigError, GENERATED_STAGES } from '../model/index.js'
import { awsEndpoint } from './aws-endpoint.js'
import { EXIT } from './exit-codes.js'
import { oneOf, sandboxLevel, wholeNumber } from './options.js'

export async function runReplay(
  what: string,
  flags: { readonly node?: string; readonly sandbox?: string; readonly awsEndpoint?: string; readonly enforcePolicy?: boolean },
): Promise<number> {
  const { replay } = await import('../commands/replay.js')
  const { visible } = await import('../report/visible.js')
  const { stored, reproduced, runs } = await replay(
    {
      ...{ what, cwd: process.cwd(), node: flags.node ?? process.execPath, sandbox: sandboxLevel(flags.sandbox) },
      awsEndpoint: awsEndpoint(flags.awsEndpoint),
      enforcePolicy: flags.enforcePolicy === true,
      onWarning: (text) => void process.stderr.write(`eventfuzz: ${visible(text)}\n`),
    },
    new AbortController().signal,
  )
  const shown = runs.map((text, i) => `  run ${i + 1}: ${visible(text).slice(0, 300)}`)
  const verdict =
    reproduced.k > 0
      ? `still reproduces (${reproduced.k} of ${reproduced.n})`
      : `does not reproduce any more (0 of ${reproduced.n})`
  process.stdout.write(
    `${[`${stored.rule} in ${visible(stored.target.id)}, ${visible(stored.pointer)}`, ...shown, verdict].join('\n')}\n`,
  )
  return reproduced.k > 0 ? EXIT.findings : EXIT.clean
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
