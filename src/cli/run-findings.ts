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

/** `eventfuzz baseline`: lists what is accepted. It judges nothing: 0. */
export async function runBaseline(file: string, { json }: { readonly json?: boolean }): Promise<number> {
  const { listBaseline } = await import('../commands/list-baseline.js')
  const { jsonText } = await import('../report/json-text.js')
  const { columns } = await import('../report/text-layout.js')
  const entries = listBaseline(file, process.cwd(), new Date().toISOString().slice(0, 10))
  const cell = (text: string): string => visible(text, { max: 100 })
  const rows = entries.map(({ fingerprint, state = 'accepted', owner = '', expires, isExpired, reason, finding }) => [
    fingerprint.slice(0, 12).toLowerCase(),
    isExpired ? 'expired' : state,
    expires === undefined ? 'without end' : cell(expires),
    cell(owner),
    finding === undefined
      ? ''
      : finding === null
        ? 'not in the last run'
        : cell(`${finding.severity} ${finding.rule} in ${finding.target}`),
    cell(reason),
  ])
  const text = entries.length === 0 ? 'Nothing is accepted' : columns(rows).join('\n')
  process.stdout.write(`${json === true ? jsonText(entries, 2) : text}\n`)
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
