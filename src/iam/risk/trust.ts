import type { NamedPolicy } from '../../model/index.js'
import type { ConditionTest } from '../evaluate/condition-test.js'
import type { PrincipalEntry } from '../evaluate/principals.js'
import { parsePolicies } from '../policy.js'

/** Somebody a role trusts without saying whom it means. */
export interface TrustRisk {
  /** `role-trust#0 (Lambda)`. */
  readonly statement: string
  readonly why: string
}

/** What a trust policy leaves open. `account`: the role's own, 12 digits. Throws ConfigError for a policy that is none. */
export function trustRisks(policy: NamedPolicy, account: string | undefined): readonly TrustRisk[] {
  return parsePolicies([policy], 'resource')
    .statements.filter(({ effect, written }) => effect === 'Allow' && written.principals !== undefined)
    .flatMap(({ label, written: { principals, tests } }) =>
      principals!.except
        ? [{ statement: label, why: 'NotPrincipal with Allow trusts everybody else in the world.' }]
        : principals!.entries.flatMap((entry) => {
            const why = whyOpen(entry, tests, account)
            return why === undefined ? [] : [{ statement: label, why }]
          }),
    )
}

function whyOpen(
  { kind, name }: PrincipalEntry,
  tests: readonly ConditionTest[],
  account: string | undefined,
): string | undefined {
  const asks = (pattern: RegExp): boolean => tests.some(({ key, values }) => pattern.test(key) && !values.includes('*'))
  if (kind === 'AWS' && name === '*')
    return asks(/^(aws:Principal(Arn|Account|OrgID|OrgPaths)|aws:Source(Arn|Account)|sts:ExternalId)$/i)
      ? undefined
      : 'Anybody may take this role: no condition says who.'
  const other = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1]
  if (
    kind === 'AWS' &&
    other !== undefined &&
    other !== account &&
    account !== undefined &&
    !asks(/^(sts:ExternalId|aws:Principal)/i)
  )
    return `The whole account ${other} may take this role, and no sts:ExternalId keeps others from being confused for it.`
  if (kind === 'Federated' && /oidc-provider\/|^(cognito-identity|accounts\.google|www\.amazon|graph\.facebook)/.test(name))
    return asks(/:(sub|aud|amr|azp)$/i) ? undefined : `Every user of ${name} may take this role: no condition on sub or aud.`
  return undefined
}
