import type { AwsClient } from './aws-sdk.js'
import { loadAws } from './aws-sdk.js'
import type { Facts } from './guards.js'
import { type ClientOptions, type Clients, shared } from './lambda-client.js'

/** What Lambda says of a function besides the facts for the guards. */
export interface Deployed {
  readonly timeoutMs: number
  readonly memoryMb: number
  readonly runtime: string | undefined
  readonly environment: Readonly<Record<string, string>>
}

export type Asked = Pick<Facts, 'caller' | 'region' | 'fn' | 'dryRun'> & { readonly deployed?: Deployed }

type Answer = Readonly<Record<string, unknown>>

/** Who calls, by STS. */
export async function callerOf(options: ClientOptions): Promise<NonNullable<Facts['caller']>> {
  const sdk = loadAws('client-sts', options.cwd)
  const sts = new sdk.STSClient({ ...shared(options), maxAttempts: 3 })
  try {
    const { Account, Arn } = await sts.send(new sdk.GetCallerIdentityCommand({}))
    return { account: String(Account), arn: String(Arn) }
  } finally {
    sts.destroy()
  }
}

/** The region that the client has settled on; undefined where nothing says one. */
export async function regionOf(client: AwsClient): Promise<string | undefined> {
  try {
    return await client.config.region()
  } catch (error) {
    if (/[Rr]egion/.test((error as Error).message)) return undefined
    throw error
  }
}

/** Asks the Lambda service for a function: only reads, and an invocation that runs nothing. */
export async function askOf({ sdk, lambda }: Clients, name: string, qualifier: string | undefined): Promise<Asked> {
  const found: Answer = await lambda.send(new sdk.GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: qualifier }))
  const whole = String(found['FunctionArn'])
  const arn = whole.split(':').slice(0, 7).join(':')
  const { Tags } = await lambda.send(new sdk.ListTagsCommand({ Resource: arn }))
  const dry = { FunctionName: name, Qualifier: qualifier, InvocationType: 'DryRun', Payload: Buffer.from('{}') }
  const { StatusCode } = await lambda.send(new sdk.InvokeCommand(dry))
  const variables = (found['Environment'] as { Variables?: Record<string, string> } | undefined)?.Variables
  return {
    fn: {
      arn,
      name: String(found['FunctionName']),
      qualifier: qualifier ?? '$LATEST',
      tags: (Tags ?? {}) as Record<string, string>,
    },
    ...(typeof StatusCode === 'number' && { dryRun: StatusCode }),
    deployed: {
      timeoutMs: Number(found['Timeout'] ?? 3) * 1000,
      memoryMb: Number(found['MemorySize'] ?? 128),
      runtime: typeof found['Runtime'] === 'string' ? found['Runtime'] : undefined,
      environment: variables ?? {},
    },
  }
}
