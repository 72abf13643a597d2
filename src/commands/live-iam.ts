import { createRequire } from 'node:module'
import path from 'node:path'
import { ConfigError, isJsonObject, type Json, type JsonObject } from '../model/index.js'

/** The part of the user's own @aws-sdk/client-iam that is used: commands that only read. */
interface IamModule {
  readonly IAMClient: new (config: object) => { send(command: object): Promise<object>; destroy(): void }
  readonly [command: `${string}Command`]: new (input: object) => object
}

/** Whose account, and through which region. Undefined: as the AWS tools of this machine are set up. */
export interface LiveOptions {
  readonly profile?: string | undefined
  readonly region?: string | undefined
}

/** Asks IAM one thing. */
export type Ask = (operation: string, input: object) => Promise<JsonObject>

// The report of what was accessed last is made when it is asked for; making it changes nothing.
const READS = (
  'GetRole ListRolePolicies GetRolePolicy ListAttachedRolePolicies GetPolicy GetPolicyVersion ' +
  'GenerateServiceLastAccessedDetails GetServiceLastAccessedDetails'
).split(' ')

/**
 * Lends a way to ask IAM, and only to read. The client slows down by itself when AWS asks for it. Throws ConfigError when the client
 * is not installed, and for a missing right, which it names.
 */
export async function withIam<T>(cwd: string, { profile, region }: LiveOptions, use: (ask: Ask) => Promise<T>): Promise<T> {
  const sdk = loadClient(cwd)
  const place = { ...(profile !== undefined && { profile }), ...(region !== undefined && { region }) }
  const client = new sdk.IAMClient({ maxAttempts: 8, retryMode: 'adaptive', ...place })
  try {
    return await use((operation, input) => call(sdk, client, operation, input, profile))
  } finally {
    client.destroy()
  }
}

/** All items of a list, page after page. */
export async function paged(ask: Ask, operation: string, input: object, list: string): Promise<Json[]> {
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

export const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

async function call(
  sdk: IamModule,
  client: InstanceType<IamModule['IAMClient']>,
  operation: string,
  input: object,
  profile: string | undefined,
): Promise<JsonObject> {
  // Whatever is asked for one day, nothing is ever written to the account.
  if (!READS.includes(operation)) throw new Error(`iam:${operation} is not among what is read`)
  try {
    return (await client.send(new sdk[`${operation}Command`]!(input))) as unknown as JsonObject
  } catch (error) {
    const { name, message } = error as Error
    if (/AccessDenied|UnauthorizedOperation/.test(name))
      throw new ConfigError(`The account refuses iam:${operation}: add it to your own permissions (nothing is ever written)`)
    if (/Credentials|ProviderError/.test(name))
      throw new ConfigError(
        `There are no AWS credentials ${profile === undefined ? 'here: set up a profile, or the variables of the AWS CLI' : `in the profile '${profile}'`}`,
      )
    throw new ConfigError(`The role cannot be read from the account: ${name}: ${message.split('\n')[0]}`)
  }
}

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
