import type { JsonObject } from '../../model/index.js'
import { type Answer, refuse } from './service.js'

/** What DynamoDB refuses a request for: thrown anywhere below an operation, made an answer at its door. */
export class DynamoError extends Error {
  override readonly name = 'DynamoError'
  readonly code: string
  readonly extra: JsonObject

  constructor(code: string, message: string, extra: JsonObject = {}) {
    super(message)
    this.code = code
    this.extra = extra
  }
}

/** A ValidationException in these words. */
export const invalid = (message: string): DynamoError => new DynamoError('ValidationException', message)

/** The body is not of the shape that the API has. */
export const malformed = (message: string): DynamoError => new DynamoError('SerializationException', message)

/** Runs an operation; what it throws as DynamoError is its answer. */
export function guarded(run: () => Answer): Answer {
  try {
    return run()
  } catch (error) {
    if (error instanceof DynamoError) return refuse(error.code, error.message, 400, error.extra)
    throw error
  }
}
