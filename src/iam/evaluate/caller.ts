/** Who makes a request. */
export interface Caller {
  readonly kind: 'user' | 'role' | 'session' | 'root' | 'federated' | 'service' | 'anonymous'
  /** As given: an ARN, an account number, `lambda.amazonaws.com`, `*`. */
  readonly arn: string
  /** 12 digits; undefined for services and strangers. */
  readonly account: string | undefined
  /** Of a session: the ARN of its role. A session's ARN lacks the role's path; `aws:PrincipalArn` in the context says it. */
  readonly role: string | undefined
  /** False: the path of the role is not known. A name belongs to one role of the account, whatever its path. */
  readonly isPathKnown: boolean
}

/** True for a role that an AWS service made for itself, which no policy of the organisation limits. */
export const isServiceLinked = ({ arn, role }: Caller): boolean =>
  /:role\/aws-service-role\//.test(role ?? arn) || /:(assumed-)?role\/AWSServiceRoleFor\w/.test(arn)

/** Reads a principal: user, role, assumed-role session, federated user, root or account number, service, or `*` for anybody. */
export function callerOf(principal: string, principalArn: string | undefined): Caller {
  const parts = principal.split(':')
  const [account, rest] = [parts[4], parts.slice(5).join(':')]
  const made = (kind: Caller['kind'], role?: string): Caller => ({
    ...{ kind, arn: principal, account, role, isPathKnown: kind !== 'session' || principalArn !== undefined },
  })
  if (/^\d{12}$/.test(principal)) return { ...made('root'), arn: `arn:aws:iam::${principal}:root`, account: principal }
  if (!principal.startsWith('arn:'))
    return { ...made(principal === '*' || principal === 'anonymous' ? 'anonymous' : 'service'), account: undefined }
  if (rest.startsWith('assumed-role/')) {
    const name = rest.split('/')[1] ?? ''
    return made('session', principalArn ?? `arn:${parts[1]}:iam::${account}:role/${name}`)
  }
  if (rest.startsWith('role/')) return made('role', principal)
  if (rest === 'root') return made('root')
  return made(rest.startsWith('user/') ? 'user' : 'federated')
}
