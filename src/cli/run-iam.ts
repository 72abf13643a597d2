import { existsSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, type ExcessPermission } from '../model/index.js'
import { EXIT } from './exit-codes.js'
import { percentage, reachedShare, type TargetFlags, targetOptions } from './options.js'

export interface IamFlags extends TargetFlags {
  readonly evidence?: readonly string[]
  readonly suggest?: boolean
  readonly minCoverage?: string
  readonly request?: string
  readonly role?: string
  readonly profile?: string
  readonly region?: string
  readonly lastAccessed?: boolean
  readonly json?: boolean
  readonly outputFile?: readonly string[]
  readonly failOn?: string
}

/** What makes the exit code 1, the strictest first. */
const THRESHOLDS: Readonly<Record<string, (one: ExcessPermission) => boolean>> = {
  any: (one) => one.class !== 'MAY-NEED' && one.class !== 'UNKNOWN',
  dangerous: (one) => one.class === 'MISSING' || (one.class !== 'MAY-NEED' && one.class !== 'UNKNOWN' && one.risks !== undefined),
  missing: (one) => one.class === 'MISSING',
  none: () => false,
}

/** Excess, missing and doubtful permissions; with --request what the policies say to requests; with policies alone what they hold. */
export async function runIam(targets: readonly string[], flags: IamFlags): Promise<number> {
  const policies = flags.policy ?? []
  if (targets.length === 1 && targets[0] === 'update' && !existsSync('update')) return runUpdate()
  if (flags.request !== undefined) return runRequests(flags.request, policies, flags.json === true)
  const noRun = flags.evidence === undefined && !existsSync(path.join(process.cwd(), '.eventfuzz', 'last'))
  if (targets.length === 0 && policies.length > 0 && noRun && flags.role === undefined)
    return runReview(policies, flags.json === true)
  for (const name of ['profile', 'region', 'lastAccessed'] as const)
    if (flags[name] !== undefined && flags.role === undefined)
      throw new ConfigError(`${FLAGS[name]} says how a role of the account is read: give --role <name> too`)
  const counts = thresholdOf(flags.failOn ?? 'any')
  const { outputsOf, writeOutputs } = await import('./outputs.js')
  const outputs = outputsOf(undefined, flags.outputFile).filter(({ file }) => file !== undefined)
  const least = percentage(flags.minCoverage)
  const { iam } = await import('../commands/iam.js')
  const { permissionsText } = await import('../report/text-permissions.js')
  const { suggestionsText } = await import('../report/text-suggestions.js')
  const { basisText } = await import('../report/text-basis.js')
  const suggest = flags.suggest === true
  const result = await iam({
    ...targetOptions(flags),
    targets,
    evidence: flags.evidence ?? [],
    suggest,
    role: flags.role,
    live: { profile: flags.profile, region: flags.region, accessed: flags.lastAccessed === true },
    cwd: process.cwd(),
  })
  const { permissions, suggestedPolicies, edits, basis } = result
  if (flags.json === true)
    print(JSON.stringify(suggest ? { permissions, suggestedPolicies, edits, basis } : permissions, null, 2))
  else {
    print(permissionsText(permissions, result.calls, result.actionsOf) + basisText(basis))
    if (suggest) print(suggestionsText(suggestedPolicies, edits))
  }
  if (outputs.length > 0) {
    const { iamReport } = await import('../commands/iam-report.js')
    await writeOutputs(iamReport(result, process.cwd(), new Date()), outputs)
  }
  if (permissions.some(counts)) return EXIT.findings
  return basis.some(({ run }) => run !== undefined && reachedShare(run.coverage.lines) < least) ? EXIT.missed : EXIT.clean
}

function thresholdOf(name: string): (one: ExcessPermission) => boolean {
  if (!Object.hasOwn(THRESHOLDS, name))
    throw new ConfigError(`--fail-on takes ${Object.keys(THRESHOLDS).join(', ')} here, not '${name}'`)
  return THRESHOLDS[name]!
}

const FLAGS = { profile: '--profile', region: '--region', lastAccessed: '--last-accessed' } as const

const print = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
async function runUpdate(): Promise<number> {
  const { updateIam } = await import('../commands/iam-update.js')
  const { actions, services, before, date, file } = await updateIam(process.cwd())
  print(`${actions.toLocaleString('en')} IAM actions of ${services} services, as of ${date} (before: ${before}): ${file}`)
  return EXIT.clean
}

async function runRequests(file: string, policies: readonly string[], json: boolean): Promise<number> {
  const { decideRequests } = await import('../commands/decide-requests.js')
  const { visible } = await import('../report/visible.js')
  const decisions = decideRequests(file, policies)
  if (json) print(JSON.stringify(decisions, null, 2))
  else
    print(
      decisions
        .map(
          ({ request, decision, why }) =>
            `${decision}  ${visible(`${request.action} on ${request.resource}`)}\n  ${visible(why)}`,
        )
        .join('\n'),
    )
  return decisions.every(({ decision }) => decision === 'Allowed') ? EXIT.clean : EXIT.findings
}

async function runReview(policies: readonly string[], json: boolean): Promise<number> {
  const { reviewPolicies } = await import('../commands/review-policies.js')
  const { permissionsText } = await import('../report/text-permissions.js')
  const { permissions, actionsOf } = reviewPolicies(policies)
  print(json ? JSON.stringify(permissions, null, 2) : permissionsText(permissions, 0, actionsOf))
  return permissions.length > 0 ? EXIT.findings : EXIT.clean
}
