/** Why a handler could not be loaded, in the Lambda runtime's own error types. */
export class InitError extends Error {
  readonly type: string
  constructor(type: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.type = type
  }
}
