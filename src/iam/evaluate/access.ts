import type { NamedPolicy } from '../../model/index.js'
import { type PolicyProblem, parsePolicies } from '../policy.js'
import type { Statement } from '../statement.js'
import { type Caller, callerOf } from './caller.js'
import { type ContextValue, contextOf } from './context.js'
import { type Asked, type Match, matchStatement } from './match-statement.js'

/** A request as IAM sees it. */
export interface AccessRequest {
  /** `s3:GetObject`, in any case. */
  readonly action: string
  /** ARN; `*` when the action works on no resource. */
  readonly resource: string
  /** ARN of a user, role, session or federated user, account number, service (`lambda.amazonaws.com`), or `*` for anybody. */
  readonly principal: string
  /** 12 digits, when the ARN of the resource names no account (buckets). Without it the resource is the principal's own. */
  readonly resourceAccount?: string
  /** Condition keys, in any case. A list is a key with several values. */
  readonly context?: Readonly<Record<string, ContextValue>>
}

/** Every policy that has a say. A layer that is left out does not limit; an empty one allows nothing. */
export interface PolicyLayers {
  readonly identity?: readonly NamedPolicy[]
  readonly resource?: readonly NamedPolicy[]
  readonly boundary?: readonly NamedPolicy[]
  readonly session?: readonly NamedPolicy[]
  /** Service control policies by level, from the root of the organisation to the account: each level has to allow. */
  readonly scps?: readonly (readonly NamedPolicy[])[]
  /** Resource control policies: what RCPFullAWSAccess allows, less what these deny. */
  readonly rcps?: readonly NamedPolicy[]
  /** Policy of the VPC endpoint. */
  readonly endpoint?: readonly NamedPolicy[]
}

export type LayerName = keyof PolicyLayers

/** IAM's own words for what becomes of a request, and why. */
export interface AccessDecision {
  readonly decision: 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied'
  /** One sentence: the layer and statement that decided, or the condition that did not hold. */
  readonly why: string
  /** Statements that allowed or denied: `identity: orders.json#0 (ReadOrders)`. */
  readonly by: readonly string[]
  /** What each layer that was given says. */
  readonly layers: Readonly<Partial<Record<LayerName, AccessDecision['decision']>>>
  /** Parts of the policies that could not be read: they neither allow nor deny. */
  readonly problems: readonly PolicyProblem[]
}

/** A layer, held against the request. */
export interface Layer {
  readonly name: LayerName
  readonly matches: readonly Match[]
  readonly denies: readonly Match[]
  readonly allows: readonly Match[]
}

/** All layers of a request, and who asks. */
export interface Hearing {
  readonly caller: Caller
  readonly asked: Asked
  readonly sameAccount: boolean
  readonly layers: ReadonlyMap<LayerName, Layer>
  readonly levels: readonly Layer[]
  readonly problems: readonly PolicyProblem[]
}

/** Holds every policy against a request. Throws ConfigError for a policy that is none. */
export function hear(request: AccessRequest, policies: PolicyLayers): Hearing {
  const caller = callerOf(request.principal, principalArn(request))
  const account = accountOf(request) ?? caller.account
  const asked = {
    ...request,
    caller,
    context: contextOf(request.context ?? {}, caller, account),
    hasBoundary: policies.boundary !== undefined,
  }
  const problems: PolicyProblem[] = []
  const layerOf = (name: LayerName, given: readonly NamedPolicy[]): Layer => {
    const parsed = parsePolicies(given, name === 'resource' || name === 'rcps' || name === 'endpoint' ? 'resource' : 'identity')
    problems.push(...parsed.problems)
    return layer(name, parsed.statements, asked)
  }
  const plain = (['identity', 'resource', 'boundary', 'session', 'rcps', 'endpoint'] as const).flatMap((name) =>
    policies[name] === undefined ? [] : [layerOf(name, policies[name])],
  )
  const levels = (policies.scps ?? []).map((level) => layerOf('scps', level))
  const layers = new Map(plain.map((one) => [one.name, one]))
  return { caller, asked, sameAccount: account === caller.account, layers, levels, problems }
}

function layer(name: LayerName, statements: readonly Statement[], asked: Asked): Layer {
  const matches = statements.map((statement) => matchStatement(statement, asked))
  const applying = matches.filter(({ applies }) => applies)
  return {
    ...{ name, matches },
    denies: applying.filter(({ statement }) => statement.effect === 'Deny'),
    allows: applying.filter(({ statement }) => statement.effect === 'Allow'),
  }
}

const accountOf = ({ resource, resourceAccount, context = {} }: AccessRequest): string | undefined => {
  const named = resource.split(':')[4]
  return resourceAccount ?? (/^\d{12}$/.test(named ?? '') ? named : textAt(context, 'aws:ResourceAccount'))
}

const principalArn = ({ context = {} }: AccessRequest): string | undefined => textAt(context, 'aws:PrincipalArn')

function textAt(context: Readonly<Record<string, ContextValue>>, wanted: string): string | undefined {
  const value = Object.entries(context).find(([key]) => key.toLowerCase() === wanted.toLowerCase())?.[1]
  return typeof value === 'string' ? value : undefined
}
