import { type Coverage, canariesIn, type Ratio, type Target, type TargetReport, type Trial } from '../model/index.js'
import type { Runner } from './runner.js'
import type { SourceWords } from './source-words.js'

/** Begins the key of a host that was answered: nothing is missing there, but for what is real. */
const MADE_UP = 'made up '

export type Missing = TargetReport['missing'][number]

/** Why honest events fail: refused AWS calls and hosts, and the error itself. Keyed, so that each is said once. */
export function noteMissing(missing: Map<string, Missing>, trial: Trial): void {
  const add = (kind: Missing['kind'], name: string) => missing.set(`${kind} ${name}`, { kind, name })
  noteMadeUp(missing, trial)
  for (const { aws, effects, outcome } of trial.observations) {
    for (const call of aws) if (call.outcome === 'denied') add('aws', `${call.service}:${call.operation}`)
    for (const effect of effects)
      if (effect.kind === 'connect') add('host', effect.port > 0 ? `${effect.host}:${effect.port}` : effect.host)
    if (outcome.kind === 'threw') add('other', `${outcome.name}: ${outcome.message.split('\n')[0]?.slice(0, 200) ?? ''}`)
    else if (outcome.kind === 'timed-out')
      add('other', outcome.spinning ? 'spins on every honest event' : 'does not answer any honest event in time')
    else if (outcome.kind === 'crashed')
      add(
        'other',
        `its process ends on every honest event (${outcome.reason})${outcome.detail === '' ? '' : `: ${outcome.detail}`}`,
      )
  }
}

/** AWS calls that were answered by what the model allows, and hosts by nothing much: with real answers a function may do something else. */
export function noteMadeUp(missing: Map<string, Missing>, { observations }: Trial): void {
  for (const { service, operation, invented } of observations.flatMap(({ aws }) => aws)) {
    const name = `${service}:${operation}`
    if (invented) missing.set(`aws ${name}`, { kind: 'aws', name })
  }
  for (const { host, invented } of observations.flatMap(({ web = [] }) => web))
    if (invented) {
      const name = canariesIn(host).length > 0 ? 'hosts that events name' : host
      missing.set(`${MADE_UP}${name}`, { kind: 'host', name })
    }
}

const NONE: Ratio = { covered: 0, total: 0 }

/** The report of a target before anything is known of it. */
export const emptyReport = (target: Target): TargetReport => ({
  id: target.id,
  file: target.file,
  export: target.export,
  runtime: target.runtime,
  sources: target.sources,
  status: 'tested',
  missing: [],
  executions: 0,
  coverage: { lines: NONE, branches: NONE, functions: NONE },
  untaken: [],
  events: { accepted: 0, rejected: 0 },
})

/** What became of a target that was run. */
export function targetReport(
  target: Target,
  words: SourceWords,
  runner: Runner,
  drivable: boolean,
  missing: ReadonlyMap<string, Missing>,
  reached: Coverage | undefined,
): TargetReport {
  const environment = words.environment.filter(
    (name) => !Object.hasOwn(target.environment, name) && !/^(?:AWS_|LAMBDA_|_|NODE_|TZ$|PATH$)/.test(name),
  )
  return {
    ...emptyReport(target),
    status: drivable ? 'tested' : 'not-drivable',
    missing: drivable
      ? [...missing].flatMap(([key, one]) => (one.kind === 'aws' || key.startsWith(MADE_UP) ? [one] : []))
      : [
          ...environment.map((name) => ({ kind: 'environment' as const, name })),
          ...[...missing].flatMap(([key, one]) => (key.startsWith(MADE_UP) ? [] : [one])),
        ],
    executions: runner.executions,
    unguided: runner.unguided,
    events: { accepted: runner.accepted, rejected: runner.rejected },
    ...(reached && {
      coverage: { lines: reached.lines, branches: reached.branches, functions: reached.functions },
      untaken: reached.untaken,
    }),
  }
}
