import { type Finding, type Report, SEVERITIES, type Severity } from '../model/index.js'
import { isAccepted, isStanding } from './open-findings.js'
import { visible } from './visible.js'

/** How many findings there are of each severity, worst first; none is left out for being 0. */
export const countBySeverity = (
  findings: readonly Finding[],
): readonly { readonly severity: Severity; readonly count: number }[] =>
  SEVERITIES.map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))

/** Findings, worst first; those of one severity stay in the order of the report. */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))

/** `4,210`: the same everywhere, whatever the locale of the machine. */
export const formatCount = (count: number): string => count.toLocaleString('en-US')

/** `1 finding`, `2 findings`. */
export const counted = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`

/** `12.3 s`, `4 min 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** `src/orders.js:41:13`, or '' when no line of the user's is known. */
export function sinkLocation({ sink }: Finding): string {
  const at = sink?.location
  return at === undefined || at === null ? '' : `${at.file}:${at.line}:${at.column}`
}

/** `, 1 fixed, 2 accepted`: what the numbers leave out. */
export function leftOutText(findings: readonly Finding[]): string {
  const fixed = findings.filter(({ status }) => status === 'fixed').length
  const accepted = findings.filter((finding) => finding.status !== 'fixed' && isAccepted(finding)).length
  return [
    ...(fixed === 0 ? [] : [`, ${formatCount(fixed)} fixed`]),
    ...(accepted === 0 ? [] : [`, ${formatCount(accepted)} accepted`]),
  ].join('')
}

/** The whole run in one line. */
export function summaryLine({ findings, run, targets }: Report): string {
  const standing = findings.filter(isStanding)
  const present = countBySeverity(standing).filter(({ count }) => count > 0)
  const split = present.map(({ severity, count }) => `${formatCount(count)} ${severity}`).join(', ')
  const none = targets.some(({ status }) => status === 'tested') ? 'No findings' : 'Nothing was tested'
  const found = standing.length === 0 ? none : `${counted(standing.length, 'finding')} (${split})`
  const facts = [
    counted(run.executions, 'execution'),
    run.live === undefined ? `sandbox ${visible(run.sandbox.level)}` : 'live',
    `seed ${run.seed}`,
  ]
  const all = `${found}${leftOutText(findings)} in ${formatDuration(run.durationMs)}`
  return [all, ...facts, ...(run.interrupted ? ['interrupted'] : [])].join(' · ')
}
