import { createHash, randomBytes } from 'node:crypto'
import path from 'node:path'
import type { Secret, Target } from '../model/index.js'

export const REGION = 'us-east-1'
export const ACCOUNT = '000000000000'

/** Names of settings whose values are taken for secrets. */
export const SECRET_NAME = /SECRET|TOKEN|PASSW|PRIVATE|CREDENTIAL|API_?KEY|_KEY$|CONNECTION_?(?:STRING|UR[IL])|DSN/i
/** Where something is kept, or how it is called or limited: no secret itself. */
const NO_SECRET =
  /_(?:TABLE|BUCKET|QUEUE|TOPIC|NAME|ARN|PARAM(?:ETER)?|PATH|PREFIX|HEADER|URL|HOST|REGION|TTL|SECONDS|MINUTES|EXPIRY|IDS?)$/i

/** What the function finds in process.env: its own settings, Lambda's variables, and decoy credentials. Nothing of the caller's. */
export function environmentOf(
  target: Target,
  taskRoot: string,
  opt: string,
): { env: Record<string, string>; secrets: readonly Secret[] } {
  const decoy = (name: string) => createHash('sha256').update(`${target.id}\0${name}\0`).update(randomBytes(16)).digest('hex')
  const credentials = {
    AWS_ACCESS_KEY_ID: `ASIA${decoy('id').slice(0, 16).toUpperCase()}`,
    AWS_SECRET_ACCESS_KEY: decoy('key').slice(0, 40),
    AWS_SESSION_TOKEN: decoy('token'),
  }
  const name = functionName(target)
  const env: Record<string, string> = {
    ...target.environment,
    ...credentials,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: `AWS_Lambda_${target.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(target.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]00000000000000000000000000000000',
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    _HANDLER: `${path.relative(target.root, target.file).replace(/\.[^./]+$/, '')}.${target.export}`,
    // Without it os.homedir() throws where the sandbox has no /etc/passwd, and every AWS client asks for it.
    HOME: '/home/sbx_user1051',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LD_LIBRARY_PATH: '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
    NODE_PATH: `${opt}/nodejs/node${/\d+/.exec(target.runtime)?.[0] ?? '22'}/node_modules:${opt}/nodejs/node_modules:/var/runtime/node_modules`,
  }
  // SECRET_ARN names where a secret is kept, and is none itself.
  const own = Object.entries(target.environment).filter(
    ([key, value]) => SECRET_NAME.test(key) && !NO_SECRET.test(key) && value.length >= 8 && !/^arn:|^https?:/.test(value),
  )
  const secrets = [...Object.entries(credentials), ...own].map(([key, value]) => ({ name: key, value }))
  return { env, secrets }
}

export const functionName = (target: Target): string => target.id.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 64) || 'function'
