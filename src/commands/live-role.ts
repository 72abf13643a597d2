import type { Json, NamedPolicy, Role } from '../model/index.js'
import { lastAccessed } from './last-accessed.js'
import { type Ask, type LiveOptions, objectOf, paged, withIam } from './live-iam.js'

/** A role as the account has it. */
export interface LiveRole {
  readonly role: Role
  /** 12 digits. */
  readonly account: string | undefined
  readonly trust: Json
  readonly boundary: NamedPolicy | undefined
  /** What Access Advisor answers, when it was asked: the services and tracked actions that the role used. */
  readonly accessed: Json | undefined
}

export interface RoleOptions extends LiveOptions {
  /** Ask Access Advisor too, action by action. */
  readonly accessed?: boolean
}

/**
 * Reads a role, its inline and attached policies (default versions) and its boundary from the account. Throws ConfigError for a role
 * that is not there or may not be read.
 */
export const liveRole = (name: string, cwd: string, options: RoleOptions = {}): Promise<LiveRole> =>
  withIam(cwd, options, (ask) => read(ask, name, options.accessed === true))

async function read(ask: Ask, name: string, withAccessed: boolean): Promise<LiveRole> {
  const { Role: found } = await ask('GetRole', { RoleName: name })
  const { Arn, AssumeRolePolicyDocument, PermissionsBoundary } = objectOf(found)
  const inline = await paged(ask, 'ListRolePolicies', { RoleName: name }, 'PolicyNames')
  const attached = await paged(ask, 'ListAttachedRolePolicies', { RoleName: name }, 'AttachedPolicies')
  const policies = [
    ...(await inOrder(inline, async (policy) => ({
      name: String(policy),
      document: documentOf((await ask('GetRolePolicy', { RoleName: name, PolicyName: policy })).PolicyDocument),
    }))),
    ...(await inOrder(attached, (policy) => managedText(ask, String(objectOf(policy).PolicyArn)))),
  ]
  const limit = objectOf(PermissionsBoundary).PermissionsBoundaryArn
  const boundary = typeof limit === 'string' ? await managedText(ask, limit) : undefined
  const arn = typeof Arn === 'string' ? Arn : undefined
  const accessed = withAccessed && arn !== undefined ? await lastAccessed(ask, arn) : undefined
  const account = arn?.split(':')[4]
  return { role: { name, policies }, account, trust: documentOf(AssumeRolePolicyDocument), boundary, accessed }
}

/** One after the other: IAM allows few requests a second. */
async function inOrder<T>(items: readonly Json[], one: (item: Json) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  for (const item of items) done.push(await one(item))
  return done
}

async function managedText(ask: Ask, arn: string): Promise<NamedPolicy> {
  const { Policy } = await ask('GetPolicy', { PolicyArn: arn })
  const { PolicyName, DefaultVersionId } = objectOf(Policy)
  const { PolicyVersion } = await ask('GetPolicyVersion', { PolicyArn: arn, VersionId: DefaultVersionId })
  return { name: String(PolicyName), document: documentOf(objectOf(PolicyVersion).Document) }
}

/** IAM gives documents as URL-encoded JSON. */
function documentOf(text: Json | undefined): Json {
  if (typeof text !== 'string') return text ?? {}
  return JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text)) as Json
}
