import { counted, formatCount } from './summary.js'
import { visible } from './visible.js'

interface Ratio {
  readonly covered: number
  readonly total: number
}

/** What the word "unused" rests on, for one target. */
interface Basis {
  readonly target: string
  readonly run:
    | { readonly executions: number; readonly coverage: { readonly lines: Ratio; readonly branches: Ratio } }
    | undefined
  readonly calls: { readonly written: number; readonly made: number } | undefined
  readonly saturation: {
    readonly permissions: number
    readonly once: number
    readonly cases: number
    readonly lastNew: number
    readonly draws: number
    readonly unguided: boolean
    readonly next: number | undefined
  }
}

/** Executions, coverage and saturation: how much to believe of what was called unused. */
export const basisText = (basis: readonly Basis[]): string => (basis.length === 0 ? '' : `\n${basis.map(line).join('\n')}\n`)

function line({ target, run, calls, saturation }: Basis): string {
  const seen =
    run === undefined
      ? 'not run by us'
      : `${counted(run.executions, 'execution')}, ${share(run.coverage.lines)} of lines, ${share(run.coverage.branches)} of branches`
  const sites =
    calls === undefined
      ? 'what calls the code writes is not known'
      : `${calls.made} of ${counted(calls.written, 'AWS call')} in the code made`
  const { permissions, cases, lastNew, draws, unguided, next } = saturation
  const estimate =
    next === undefined
      ? 'no honest AWS call'
      : `${counted(permissions, 'permission')} used, the last new one in case ${formatCount(lastNew)} of ${formatCount(cases)} with AWS calls; ` +
        `chance that the next execution needs another: about ${percent(next)} (Good-Turing, an estimate from ${formatCount(draws)} ${unguided ? 'unguided' : 'guided'} executions)`
  return `${visible(target)}: ${seen}; ${sites}; ${estimate}`
}

const share = ({ covered, total }: Ratio): string => (total === 0 ? 'not measured' : `${Math.floor((100 * covered) / total)} %`)
const percent = (part: number): string => `${(100 * part).toFixed(part < 0.01 ? 2 : 1)} %`
