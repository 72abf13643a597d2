import { createRequire } from 'node:module'
import path from 'node:path'
import { ConfigError } from '../../model/index.js'

/** The part of an AWS client that is used. */
export interface AwsClient {
  readonly config: { region(): Promise<string>; credentials(): Promise<unknown> }
  send(command: object): Promise<Readonly<Record<string, unknown>>>
  destroy(): void
}

type Constructor<T> = new (input: object) => T

export interface AwsModule {
  readonly LambdaClient: Constructor<AwsClient>
  readonly STSClient: Constructor<AwsClient>
  readonly GetCallerIdentityCommand: Constructor<object>
  readonly GetFunctionConfigurationCommand: Constructor<object>
  readonly ListTagsCommand: Constructor<object>
  readonly InvokeCommand: Constructor<object>
  readonly InvokeWithResponseStreamCommand: Constructor<object>
}

export interface HttpHandler {
  handle(request: object, options?: object): Promise<{ readonly response: { body?: unknown } }>
  destroy?(): void
}

/** The user's own client first: it is theirs to choose and to update. */
export function loadAws(name: 'client-lambda' | 'client-sts', cwd: string): AwsModule {
  return load(`@aws-sdk/${name}`, cwd) as AwsModule
}

/** What the clients speak HTTP with; it comes with them. */
export function loadHttpHandler(cwd: string): Constructor<HttpHandler> {
  const client = resolved('@aws-sdk/client-lambda', cwd)
  return (createRequire(client)('@smithy/node-http-handler') as { NodeHttpHandler: Constructor<HttpHandler> }).NodeHttpHandler
}

function load(name: string, cwd: string): unknown {
  // Whether to update Node is nothing that a report should begin with.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  return createRequire(import.meta.url)(resolved(name, cwd))
}

function resolved(name: string, cwd: string): string {
  for (const from of [path.join(cwd, 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve(name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  throw new ConfigError(`Attacking deployed functions needs the AWS client: npm install --save-dev ${name}`)
}
