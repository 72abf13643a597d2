import type { AuthoriserModule, Refusal } from '../model/index.js'
import { neededActions } from './actions.js'
import type { Decoded } from './decode/decoded.js'
import type { MappedCall } from './mapped-call.js'
import type { Caller } from './messages.js'
import type { AwsRequest } from './request.js'
import { type Answer, refuse } from './services/service.js'

/** What the function's own role refuses of a request; undefined: it may. */
export type OwnPolicy = (
  request: AwsRequest,
  decoded: Decoded,
  call: MappedCall,
) => { readonly answer: Answer; readonly answeredBy: 'stub' } | undefined

/** The policies of a role, enforced as AWS does: whatever the call is known to need must be allowed. */
export async function ownPolicy({ role, functionName, accessKey }: Caller, account: string): Promise<OwnPolicy> {
  const { authoriser } = (await import(role.module)) as AuthoriserModule
  const authorise = authoriser(role.policies)
  const who = `arn:aws:sts::${account}:assumed-role/${role.name}/${functionName}`
  return (request, decoded, call) => {
    if (decoded.problem !== null || !isSignedWith(accessKey, request)) return undefined
    for (const needed of neededActions(call, account)) {
      // What is needed only under conditions that we cannot see may not be needed here.
      const refusal = needed.certainty === 'may' ? undefined : authorise(needed)
      if (refusal !== undefined) return { answer: accessDenied(decoded, inWords(who, refusal)), answeredBy: 'stub' }
    }
    return undefined
  }
}

/** Sign-up calls of Cognito and public objects are not signed, and after AssumeRole another role's policies count. */
const isSignedWith = (key: string, { headers, query }: AwsRequest): boolean =>
  headers['authorization']?.includes(key) === true || [...query.values()].some((value) => value.includes(key))

function inWords(who: string, { action, resource, explicit }: Refusal): string {
  const on = resource === '*' ? '' : ` on resource: ${resource}`
  const why = explicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`
  return `User: ${who} is not authorized to perform: ${action}${on} ${why}`
}

// Services with a word of their own
const CODES: Readonly<Record<string, string>> = {
  sns: 'AuthorizationError',
  ec2: 'UnauthorizedOperation',
  sqs: 'AccessDenied',
  monitoring: 'AccessDenied',
}

/** The denial as the service says it. */
export function accessDenied({ service, protocol }: Decoded, message: string): Answer {
  const usual = protocol === 'rest-xml' || protocol === 'query' ? 'AccessDenied' : 'AccessDeniedException'
  const code = Object.hasOwn(CODES, service) ? CODES[service]! : usual
  return refuse(code, message, protocol === 'json' || protocol === 'cbor' ? 400 : 403)
}
