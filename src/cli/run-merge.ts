import path from 'node:path'
import { visible } from '../report/visible.js'
import { EXIT, exitCodeOf } from './exit-codes.js'
import { failOn } from './options.js'
import { outputsOf, writeOutputs, writePage } from './outputs.js'

export interface MergeFlags {
  readonly outputDir?: string
  readonly known?: string | true
  readonly reporter: string
  readonly failOn: string
}

/** `eventfuzz merge`: exit codes as of the run that it makes; a share that is not there was missed. */
export async function runMerge(runs: readonly string[], flags: MergeFlags): Promise<number> {
  const threshold = failOn(flags.failOn)
  const outputs = outputsOf(flags.reporter)
  const { merge } = await import('../commands/merge.js')
  const { report, store, missing } = merge({
    ...{ runs, outputDir: flags.outputDir, cwd: process.cwd() },
    known: flags.known === true ? path.join('.eventfuzz', 'known') : flags.known,
  })
  await writePage(report, store)
  await writeOutputs(report, outputs)
  process.stderr.write(`report: ${visible(path.relative(process.cwd(), path.join(store.dir, 'report.html')))}\n`)
  const code = exitCodeOf(report, threshold)
  return code === EXIT.clean && missing.length > 0 ? EXIT.missed : code
}

/** `eventfuzz diff`: it judges nothing, 0 whatever has changed. */
export async function runDiff(a: string, b: string, { json }: { readonly json?: boolean }): Promise<number> {
  const { diff } = await import('../commands/diff.js')
  const { jsonText } = await import('../report/json-text.js')
  const { diffText } = await import('../report/diff-text.js')
  const difference = diff(a, b, process.cwd())
  process.stdout.write(json === true ? `${jsonText(difference, 2)}\n` : diffText(difference))
  return EXIT.clean
}
