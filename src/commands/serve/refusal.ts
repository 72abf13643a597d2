/** Errors of the Invoke API, by AWS's own names, and the status each has. */
const STATUS = {
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  MethodNotAllowedException: 405,
  RequestTooLargeException: 413,
  TooManyRequestsException: 429,
  ServiceException: 500,
  UnsupportedOperation: 501,
} as const

/** The service says no: the function is not run. */
export class Refusal extends Error {
  readonly type: keyof typeof STATUS

  constructor(type: keyof typeof STATUS, message: string) {
    super(message)
    this.type = type
  }

  get status(): number {
    return STATUS[this.type]
  }

  get body(): string {
    // The service itself writes it both ways.
    const key = this.type === 'ResourceNotFoundException' || this.type === 'ServiceException' ? 'Message' : 'message'
    const reason = this.type === 'TooManyRequestsException' ? { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' } : {}
    return JSON.stringify({ ...reason, Type: this.status < 500 ? 'User' : 'Service', [key]: this.message })
  }
}
