import type { Sent } from './gate.js'

/** The part of an AWS client's error that is read. */
interface ServiceError {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly errno?: unknown
  readonly cause?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

type Failed = Exclude<Sent<never>, { kind: 'answered' }>

const UNFIT =
  /^(?:RequestTooLarge|SerializedRequestEntityTooLarge|InvalidRequestContent|UnsupportedMediaType|RecursiveInvocation)Exception$/
const CREDENTIALS =
  /^(?:ExpiredToken(?:Exception)?|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|InvalidClientTokenId|AccessDenied(?:Exception)?|MissingAuthenticationToken(?:Exception)?|IncompleteSignature(?:Exception)?|CredentialsProviderError|TokenProviderError|OptInRequired|NotAuthorized)$/
/** The function cannot start: its key, its network, its file system, its snapshot, its code. */
const NOT_STARTED =
  /^(?:KMS|SnapStart|EFS|EC2|ENI|Subnet|InvalidSubnet|InvalidSecurityGroup|InvalidZip|InvalidRuntime|Resource|CodeSigning)\w*/
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS|ERR_SSL|EPROTO/
const NOBODY = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/

/** What a failed sending means: try again, leave the event, count it as lost, or give up. One line for people in each. */
export function failureOf(error: unknown, where: string): Failed {
  const { name = '', message = '', $metadata = {} } = error as ServiceError
  const requestId = $metadata.requestId ?? null
  const said = `${name}: ${firstLine(message)}`
  if (name === 'TooManyRequestsException' || $metadata.httpStatusCode === 429) return { kind: 'throttled', requestId }
  if (UNFIT.test(name)) return { kind: 'unfit', requestId, why: said }
  const code = codeOf(error)
  if (CERTIFICATE.test(code))
    return {
      kind: 'refused',
      requestId,
      exit: 2,
      why: `${where} shows a certificate that is not trusted (${code}): nothing was sent`,
    }
  if (NOBODY.test(code)) return { kind: 'refused', requestId, exit: 3, why: `${where} cannot be reached (${code})` }
  if (CREDENTIALS.test(name)) return { kind: 'refused', requestId, exit: 2, why: `${where} refuses the credentials: ${said}` }
  if (name === 'ResourceNotFoundException')
    return { kind: 'refused', requestId, exit: 3, why: `${where} does not exist: ${firstLine(message)}` }
  if (NOT_STARTED.test(name)) return { kind: 'refused', requestId, exit: 3, why: `${where} cannot be started by Lambda: ${said}` }
  return {
    kind: 'lost',
    requestId,
    why: `${where} gave no answer that can be read: ${code === '' ? said : `${code}: ${firstLine(message)}`}`,
  }
}

/** Node hides what happened below one or two other errors. */
function codeOf(error: unknown): string {
  for (let one = error as ServiceError | undefined, deep = 0; one != null && deep < 4; one = one.cause as ServiceError, deep++) {
    if (typeof one.code === 'string') return one.code
  }
  return ''
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 300)
