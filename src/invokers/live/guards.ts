import type { LiveBudget, LiveConfig, LivePlace } from '../../model/index.js'
import { looksLikeProduction } from './looks-like-production.js'
import { matchesPattern } from './matches-pattern.js'

/** All that is known of one place before anything is sent there; what could not be found out is undefined, and so refused. */
export interface Facts {
  readonly place: LivePlace
  /** `--live` on the command line. */
  readonly flag: boolean
  readonly config: LiveConfig | undefined
  /** As the user named it. */
  readonly word: string
  readonly stopFileExists: boolean
  /** Origin of an endpoint in place of AWS, or the URL that requests go to. */
  readonly url?: string
  /** What STS says of the caller. */
  readonly caller?: { readonly account: string; readonly arn: string }
  readonly region?: string
  /** What the Lambda service itself says of the function. */
  readonly fn?: {
    readonly arn: string
    readonly name: string
    readonly qualifier: string
    readonly tags: Readonly<Record<string, string>>
  }
  /** HTTP status of an invocation of type DryRun. */
  readonly dryRun?: number
}

/** One condition. A place is attacked only when every guard is silent. */
export interface Guard {
  readonly id: string
  /** Why the place is refused, one line that says what to do; undefined where it is not. */
  refuses(facts: Facts): string | undefined
}

export const TAG = 'eventfuzz'
export const TAG_VALUE = 'allowed'

/** Every guard, in the order in which they are told. */
export const guards: readonly Guard[] = [
  {
    id: 'flag',
    refuses: ({ flag, word }) => (flag ? undefined : `'${word}' really runs somewhere: only --live attacks it`),
  },
  {
    id: 'config',
    refuses: ({ config }) =>
      config === undefined
        ? "--live alone is not enough: the configuration has to allow it, see 'eventfuzz init --live'"
        : undefined,
  },
  {
    id: 'owner',
    refuses: ({ config }) =>
      (config?.owner.trim().length ?? 0) >= 20
        ? undefined
        : 'live.owner of the configuration has to say who owns what is attacked, and that they agree',
  },
  {
    id: 'budget',
    refuses: ({ config }) => (isBudget(config?.budget) ? undefined : 'live.budget of the configuration has to limit the run'),
  },
  {
    id: 'stop-file',
    refuses: ({ stopFileExists, config }) =>
      stopFileExists ? `the stop file ${config?.stopFile ?? ''} is there: remove it when attacks may go on` : undefined,
  },
  {
    id: 'account',
    refuses: onAws(({ caller, config }) =>
      caller !== undefined && config?.accounts.includes(caller.account) === true
        ? undefined
        : `the account ${caller?.account ?? 'of the credentials'} is not in live.accounts of the configuration`,
    ),
  },
  {
    id: 'same-account',
    refuses: onAws(({ caller, fn }) =>
      fn !== undefined && caller !== undefined && fn.arn.split(':')[4] === caller.account
        ? undefined
        : 'the function is not in the account of the credentials: functions of other accounts are not attacked',
    ),
  },
  {
    id: 'root',
    refuses: onAws(({ caller }) =>
      caller !== undefined && !/:root$/.test(caller.arn)
        ? undefined
        : 'the credentials are those of the root user of the account: take a role that may do little else',
    ),
  },
  {
    id: 'region',
    refuses: onAws(({ region, fn, config }) =>
      region !== undefined && config?.regions.includes(region) === true && fn?.arn.split(':')[3] === region
        ? undefined
        : `the region ${region ?? 'of the function'} is not in live.regions of the configuration`,
    ),
  },
  {
    id: 'function',
    refuses: onAws(({ fn, config }) =>
      fn !== undefined && config?.functions.some((pattern) => matchesPattern(pattern, fn.arn)) === true
        ? undefined
        : `${fn?.arn ?? 'the function'} is not in live.functions of the configuration`,
    ),
  },
  {
    id: 'tag',
    refuses: onAws(({ fn }) =>
      fn?.tags[TAG] === TAG_VALUE
        ? undefined
        : `the function does not carry the tag ${TAG}=${TAG_VALUE}: its owner sets it where attacks are welcome`,
    ),
  },
  { id: 'production', refuses: ({ word, fn, url }) => production([word, fn?.name, fn?.qualifier, url], fn?.tags ?? {}) },
  {
    id: 'dry-run',
    refuses: onAws(({ dryRun }) =>
      dryRun === 204 ? undefined : 'a DryRun invocation was not accepted: the function cannot be invoked with these credentials',
    ),
  },
  {
    id: 'endpoint',
    refuses: ({ place, url, config }) =>
      place !== 'loopback' || (isLoopbackUrl(url) && config?.endpoints.some((one) => originOf(one) === originOf(url)) === true)
        ? undefined
        : `${url ?? 'the endpoint'} is not in live.endpoints of the configuration, or not on this machine`,
  },
  {
    id: 'url',
    refuses: ({ place, url, config }) =>
      place !== 'http' || (url !== undefined && config?.urls.some((one) => isBelow(url, one)) === true)
        ? undefined
        : `${url ?? 'the URL'} is below none of live.urls of the configuration`,
  },
  {
    id: 'encrypted',
    refuses: ({ place, url }) =>
      place !== 'http' || url?.startsWith('https:') === true || isLoopbackUrl(url)
        ? undefined
        : `${url ?? 'the URL'} is no https: without it nobody knows who answers`,
  },
]

/** What the guards say of a place: nothing, where it may be attacked. */
export const refusals = (
  facts: Facts,
  list: readonly Guard[] = guards,
): readonly { readonly id: string; readonly why: string }[] =>
  list.flatMap(({ id, refuses }) => {
    const why = refuses(facts)
    return why === undefined ? [] : [{ id, why }]
  })

/** Guards that only the service itself can answer. */
function onAws(refuses: Guard['refuses']): Guard['refuses'] {
  return (facts) => (facts.place === 'aws' ? refuses(facts) : undefined)
}

const isBudget = (budget: LiveBudget | undefined): boolean =>
  budget !== undefined &&
  [budget.invocations, budget.concurrency, budget.gbSeconds, budget.timeMs, budget.rate].every(
    (limit) => Number.isFinite(limit) && limit > 0,
  )

function production(names: readonly (string | undefined)[], tags: Readonly<Record<string, string>>): string | undefined {
  const stages = Object.entries(tags).flatMap(([name, value]) => (/^(?:env|environment|stage|tier)$/i.test(name) ? [value] : []))
  const found = [...names, ...stages].find((name) => name !== undefined && looksLikeProduction(name))
  return found === undefined ? undefined : `'${found}' looks like production: what customers use is not attacked`
}

/** Only this machine reaches it. */
export function isLoopbackUrl(url: string | undefined): boolean {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).hostname : ''
  return /^127(?:\.\d{1,3}){3}$/.test(host) || host === '[::1]'
}

const originOf = (url: string | undefined): string | null => (url !== undefined && URL.canParse(url) ? new URL(url).origin : null)

/** The same origin, and a path that begins with whole segments of the other. */
function isBelow(url: string, base: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(base)) return false
  const [a, b] = [new URL(url), new URL(base)]
  const path = (text: string) => (text.endsWith('/') ? text : `${text}/`)
  return a.origin === b.origin && a.username === '' && path(a.pathname).startsWith(path(b.pathname))
}
