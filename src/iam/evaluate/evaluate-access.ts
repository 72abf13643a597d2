import {
  type AccessDecision,
  type AccessRequest,
  type Hearing,
  hear,
  type Layer,
  type LayerName,
  type PolicyLayers,
} from './access.js'
import { isServiceLinked } from './caller.js'
import type { Match } from './match-statement.js'

// A key and a role ask for their own policy's word, even within the account.
const ASKS_RESOURCE_POLICY = /^(kms:|sts:AssumeRole)/i

/**
 * Decides one request as IAM does: any Deny first, then each layer that limits, then what grants: the identity's policies or the
 * resource's within one account, both across accounts. Throws ConfigError for a policy that is none.
 */
export function evaluateAccess(request: AccessRequest, policies: PolicyLayers): AccessDecision {
  const hearing = hear(request, policies)
  const denying = speaking(hearing).flatMap(({ name, denies }) => denies.map((match) => tell(name, match)))
  if (denying.length > 0) return decided(hearing, 'ExplicitlyDenied', denying, `${denying[0]} denies it.`)
  const limit = limits(hearing).find(({ allows }) => allows.length === 0)
  if (limit !== undefined) return decided(hearing, 'ImplicitlyDenied', [], refusal(limit, hearing))
  const { granted, missing } = grant(hearing)
  if (missing !== undefined) return decided(hearing, 'ImplicitlyDenied', [], missing)
  return decided(hearing, 'Allowed', granted, `${granted[0] ?? 'The root user of the account'} allows it.`)
}

interface Grant {
  readonly granted: readonly string[]
  /** Why nothing grants it. */
  readonly missing: string | undefined
}

/** SCPs speak of the organisation's own users and roles: not of services, strangers and the roles that AWS's services make for themselves. */
const levelsFor = ({ levels, caller }: Hearing): readonly Layer[] =>
  caller.kind === 'service' || caller.kind === 'anonymous' || isServiceLinked(caller) ? [] : levels

/** RCPs do not speak of service-linked roles either. */
const speaking = (hearing: Hearing): readonly Layer[] => [
  ...[...hearing.layers.values()].filter(({ name }) => name !== 'rcps' || !isServiceLinked(hearing.caller)),
  ...levelsFor(hearing),
]

/** Layers that must allow whatever the others say. */
function limits(hearing: Hearing): Layer[] {
  const endpoint = hearing.layers.get('endpoint')
  return [...levelsFor(hearing), ...(endpoint === undefined ? [] : [endpoint])]
}

function grant(hearing: Hearing): Grant {
  const { layers, caller, sameAccount, asked } = hearing
  const resource = layers.get('resource')
  const allows = resource?.allows ?? []
  const byResource = allows.map((match) => tell('resource', match))
  if (caller.kind === 'service' || caller.kind === 'anonymous')
    return { granted: byResource, missing: allows.length > 0 ? undefined : refusalOf('resource', hearing) }
  const narrowing = (['session', 'boundary'] as const).find((name) => layers.get(name)?.allows.length === 0)
  if (sameAccount) {
    const direct = allows.find((match) => isDirect(match, caller.kind, narrowing === 'session'))
    if (direct !== undefined) return { granted: [tell('resource', direct)], missing: undefined }
    if (narrowing !== undefined) return { granted: [], missing: refusalOf(narrowing, hearing) }
    const toRole = allows.filter(({ namedAs }) => namedAs !== 'account')
    if (toRole.length > 0) return { granted: toRole.map((match) => tell('resource', match)), missing: undefined }
  }
  if (narrowing !== undefined) return { granted: [], missing: refusalOf(narrowing, hearing) }
  const byIdentity = (layers.get('identity')?.allows ?? []).map((match) => tell('identity', match))
  if (byIdentity.length === 0 && caller.kind !== 'root') return { granted: [], missing: refusalOf('identity', hearing) }
  const asksResource = !sameAccount || (ASKS_RESOURCE_POLICY.test(asked.action) && resource !== undefined)
  if (asksResource && allows.length === 0)
    return {
      granted: [],
      missing: `${sameAccount ? '' : 'The resource is of another account, and '}${refusalOf('resource', hearing)}`,
    }
  return { granted: [...byIdentity, ...(asksResource ? byResource : [])], missing: undefined }
}

/**
 * AWS: what is granted to the very session, user or federated user, or to anybody (also where a condition asks for a role's ARN), no
 * boundary or session policy limits by leaving it out. What is granted to a user is the user's before the session is: its policy limits.
 */
const isDirect = ({ namedAs }: Match, kind: Hearing['caller']['kind'], isSessionNarrow: boolean): boolean =>
  namedAs === 'anybody' || (namedAs === 'itself' && !(kind === 'user' && isSessionNarrow))

const tell = (layer: LayerName, { statement }: Match): string => `${layer}: ${statement.label}`

const refusalOf = (name: LayerName, hearing: Hearing): string => {
  const layer = hearing.layers.get(name)
  return layer === undefined ? `no policy of the ${WORDS[name]} is given that allows it.` : refusal(layer, hearing)
}

const WORDS: Readonly<Record<LayerName, string>> = {
  ...{ identity: 'identity', resource: 'resource', boundary: 'permissions boundary', session: 'session' },
  ...{ scps: 'organisation (SCP)', rcps: 'organisation (RCP)', endpoint: 'VPC endpoint' },
}

/** Which Allow came nearest. */
function refusal({ name, matches }: Layer, { asked }: Hearing): string {
  const allows = matches.filter(({ statement }) => statement.effect === 'Allow')
  const near = (['condition', 'resource', 'action', 'principal'] as const)
    .map((failed) => allows.find((match) => match.failed === failed))
    .find((match) => match !== undefined)
  const said = `no statement of the ${WORDS[name]} allows ${asked.action} on ${asked.resource}`
  if (near === undefined) return `${said}.`
  const why = near.failed === 'condition' ? `its condition does not hold (${near.detail})` : `its ${near.failed} does not fit`
  return `${said}; nearest is ${near.statement.label}, but ${why}.`
}

function decided(hearing: Hearing, decision: AccessDecision['decision'], by: readonly string[], why: string): AccessDecision {
  const say = ({ denies, allows, name }: Layer): AccessDecision['decision'] =>
    denies.length > 0 ? 'ExplicitlyDenied' : allows.length > 0 || name === 'rcps' ? 'Allowed' : 'ImplicitlyDenied'
  const levels = hearing.levels.map(say)
  const worst = (['ExplicitlyDenied', 'ImplicitlyDenied', 'Allowed'] as const).find((one) => levels.includes(one))
  const layers = Object.fromEntries([...hearing.layers].map(([name, layer]) => [name, say(layer)]))
  const sentence = `${why[0]!.toUpperCase()}${why.slice(1)}`
  return {
    decision,
    why: sentence,
    by,
    layers: worst === undefined ? layers : { ...layers, scps: worst },
    problems: hearing.problems,
  }
}
