import { createRequire } from 'node:module'
import path from 'node:path'
import { ConfigError, isJsonObject, type Json, type JsonObject, type NamedPolicy, type Role } from '../model/index.js'

/** The part of the user's own @aws-sdk/client-iam that is used: commands that only read. */
interface IamModule {
  readonly IAMClient: new (config: object) => { send(command: object): Promise<object>; destroy(): void }
  readonly [command: `${string}Command`]: new (input: object) => object
}

/** A role as the account has it. */
export interface LiveRole {
  readonly role: Role
  /** 12 digits. */
  readonly account: string | undefined
  readonly trust: Json
  readonly boundary: NamedPolicy | undefined
}

const READS = 'GetRole ListRolePolicies GetRolePolicy ListAttachedRolePolicies GetPolicy GetPolicyVersion'.split(' ')

/**
 * Reads a role, its inline and attached policies (default versions) and its boundary from the account. Only reads; pages are all
 * fetched, and the client slows down by itself when AWS asks for it. Throws ConfigError when the client is not installed, and for a
 * missing right, which it names.
 */
export async function liveRole(name: string, cwd: string): Promise<LiveRole> {
  const sdk = loadClient(cwd)
  const client = new sdk.IAMClient({ maxAttempts: 8, retryMode: 'adaptive' })
  const ask = (operation: string, input: object): Promise<JsonObject> => call(sdk, client, operation, input)
  try {
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
    const account = typeof Arn === 'string' ? Arn.split(':')[4] : undefined
    return { role: { name, policies }, account, trust: documentOf(AssumeRolePolicyDocument), boundary }
  } finally {
    client.destroy()
  }
}

type Ask = (operation: string, input: object) => Promise<JsonObject>

/** One after the other: IAM allows few requests a second. */
async function inOrder<T>(items: readonly Json[], read: (item: Json) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  for (const item of items) done.push(await read(item))
  return done
}

async function managedText(ask: Ask, arn: string): Promise<NamedPolicy> {
  const { Policy } = await ask('GetPolicy', { PolicyArn: arn })
  const { PolicyName, DefaultVersionId } = objectOf(Policy)
  const { PolicyVersion } = await ask('GetPolicyVersion', { PolicyArn: arn, VersionId: DefaultVersionId })
  return { name: String(PolicyName), document: documentOf(objectOf(PolicyVersion).Document) }
}

async function paged(ask: Ask, operation: string, input: object, list: string): Promise<Json[]> {
  const all: Json[] = []
  let marker: Json | undefined
  do {
    const page = await ask(operation, marker === undefined ? input : { ...input, Marker: marker })
    const items = page[list]
    if (Array.isArray(items)) all.push(...(items as readonly Json[]))
    marker = page.IsTruncated === true ? page.Marker : undefined
  } while (marker !== undefined)
  return all
}

async function call(
  sdk: IamModule,
  client: InstanceType<IamModule['IAMClient']>,
  operation: string,
  input: object,
): Promise<JsonObject> {
  // Whatever is asked for one day, nothing is ever written to the account.
  if (!READS.includes(operation)) throw new Error(`iam:${operation} is not among what is read`)
  try {
    return (await client.send(new sdk[`${operation}Command`]!(input))) as unknown as JsonObject
  } catch (error) {
    const { name, message } = error as Error
    if (/AccessDenied|UnauthorizedOperation/.test(name))
      throw new ConfigError(`The account refuses iam:${operation}: add it to your own permissions (nothing is ever written)`)
    throw new ConfigError(`The role cannot be read from the account: ${name}: ${message.split('\n')[0]}`)
  }
}

/** IAM gives documents as URL-encoded JSON. */
function documentOf(text: Json | undefined): Json {
  if (typeof text !== 'string') return text ?? {}
  return JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text)) as Json
}

const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

function loadClient(cwd: string): IamModule {
  for (const from of [path.join(cwd, 'package.json'), import.meta.url]) {
    try {
      return createRequire(from)('@aws-sdk/client-iam') as IamModule
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  throw new ConfigError('Reading a role from the account needs the AWS client: npm install --save-dev @aws-sdk/client-iam')
}
