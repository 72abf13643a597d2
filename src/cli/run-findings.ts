import path from 'node:path'
import { visible } from '../report/visible.js'
import { EXIT } from './exit-codes.js'

export interface IgnoreFlags {
  readonly reason: string
  readonly owner?: string
  readonly expires?: string
  readonly falsePositive?: boolean
  readonly baseline: string
}

/** `eventfuzz ignore`: 0 when the baseline says so now. */
export async function runIgnore(what: string, flags: IgnoreFlags): Promise<number> {
  const { ignore } = await import('../commands/ignore.js')
  const today = new Date().toISOString().slice(0, 10)
  const { reason, owner, expires, falsePositive = false, baseline } = flags
  const { file, entry, added } = ignore({
    ...{ fingerprint: what, reason, owner, expires, falsePositive, baseline },
    ...{ cwd: process.cwd(), today },
  })
  const shown = visible(path.relative(process.cwd(), file))
  process.stdout.write(
    `${shown}: ${entry.fingerprint.slice(0, 12)} is ${added ? 'accepted' : 'accepted in other words'} ${entry.expires === undefined ? 'without end' : `until ${entry.expires}`}. Used by: eventfuzz fuzz --baseline ${shown}\n`,
  )
  return EXIT.clean
}

/** `eventfuzz export`: 0 when the test is written. */
export async function runExport(what: string, output: string | undefined): Promise<number> {
  const { exportTest } = await import('../commands/export-test.js')
  const { test, caseFile } = exportTest(what, output, process.cwd())
  const [shownTest, shownCase] = [test, caseFile].map((file) => visible(path.relative(process.cwd(), file)))
  process.stdout.write(`${shownTest} fails until the finding is fixed; its event is in ${shownCase}\n`)
  return EXIT.clean
}
