import { isJsonObject, type Json, type JsonObject, type Oracle, type Trial } from '../model/index.js'
import { returnedValue } from './response-text.js'

/** The trigger cannot use what the function returned. */
export const malformedResponse: Oracle = {
  id: 'malformed-response',
  title: 'The trigger cannot use the function’s answer',
  severity: 'medium',
  cwe: ['CWE-707'],
  owasp: ['S10'],
  proof: 'contract',
  sinks: ['response'],
  remediation:
    'Return the shape that the trigger documents: an integer statusCode, a string body, batchItemFailures with known ids, a policy with principalId.',
  *judge(trial) {
    const value = returnedValue(trial)
    if (value === undefined) return
    const problem = PROBLEMS[trial.case.contract](value, trial)
    if (problem === undefined) return
    yield {
      rule: 'malformed-response',
      canary: null,
      sink: { kind: 'response', api: trial.case.contract, location: null, frames: [] },
      anchor: `contract:${trial.case.contract}:${problem.id}`,
      evidence: problem.text,
    }
  },
}

interface Problem {
  readonly id: string
  readonly text: string
}
type Check = (value: Json, trial: Trial) => Problem | undefined

const httpFields: Check = (value) => {
  if (!isJsonObject(value)) return undefined
  const { statusCode, body, headers, multiValueHeaders, isBase64Encoded } = value
  const status = typeof statusCode === 'string' && /^\d{3}$/.test(statusCode) ? Number(statusCode) : statusCode
  if (statusCode !== undefined && !(typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599)) {
    return { id: 'status', text: `statusCode is ${JSON.stringify(statusCode)}, not an integer from 100 to 599` }
  }
  if (body !== undefined && body !== null && typeof body !== 'string')
    return { id: 'body', text: `body is ${typeOf(body)}, not a string` }
  if (headers !== undefined && headers !== null && !isFlat(headers))
    return { id: 'headers', text: 'headers is not an object of strings, numbers or booleans' }
  if (multiValueHeaders !== undefined && multiValueHeaders !== null && !isLists(multiValueHeaders)) {
    return { id: 'multi-headers', text: 'multiValueHeaders is not an object of lists' }
  }
  if (isBase64Encoded !== undefined && isBase64Encoded !== null && typeof isBase64Encoded !== 'boolean')
    return { id: 'base64', text: 'isBase64Encoded is not a boolean' }
  return undefined
}

const PROBLEMS: Readonly<Record<Trial['case']['contract'], Check>> = {
  'proxy-v1': (value, trial) => {
    if (!isJsonObject(value))
      return { id: 'shape', text: `The client gets 502 for ${typeOf(value)} instead of an object with statusCode` }
    if (value['statusCode'] === undefined) return { id: 'status', text: 'statusCode is missing: the client gets 502' }
    return httpFields(value, trial)
  },
  // Format 2.0 takes any value without statusCode for a 200 with that body.
  'proxy-v2': (value, trial) => (isJsonObject(value) && value['statusCode'] !== undefined ? httpFields(value, trial) : undefined),
  // Only connecting waits for an answer; what the others return goes nowhere unless the route asks for it.
  websocket: (value, trial) => {
    const context = isJsonObject(eventOf(trial)) ? (eventOf(trial) as JsonObject)['requestContext'] : null
    if (!isJsonObject(context) || context['eventType'] !== 'CONNECT') return undefined
    if (isJsonObject(value) && value['statusCode'] !== undefined) return httpFields(value, trial)
    return { id: 'status', text: `${typeOf(value)} without statusCode: nobody can connect` }
  },
  authorizer: (value, trial) => {
    const event = eventOf(trial)
    // HTTP APIs with simple responses; a policy is understood too.
    if (isJsonObject(value) && isJsonObject(event) && event['version'] === '2.0' && value['isAuthorized'] !== undefined) {
      return typeof value['isAuthorized'] === 'boolean'
        ? undefined
        : { id: 'authorized', text: `isAuthorized is ${typeOf(value['isAuthorized'])}, not a boolean: API Gateway answers 500` }
    }
    if (!isJsonObject(value) || typeof value['principalId'] !== 'string')
      return { id: 'principal', text: 'principalId is missing: API Gateway answers 500' }
    const statements = isJsonObject(value['policyDocument']) ? value['policyDocument']['Statement'] : undefined
    if (!isJsonObject(statements) && !(Array.isArray(statements) && statements.length > 0)) {
      return { id: 'policy', text: 'policyDocument has no Statement: API Gateway answers 500' }
    }
    const { context } = value
    if (context === undefined || context === null || isFlat(context)) return undefined
    return { id: 'context', text: 'context holds a list or an object: API Gateway answers 500' }
  },
  batch: (value, trial) => {
    if (!isJsonObject(value) || value['batchItemFailures'] === undefined || value['batchItemFailures'] === null) return undefined
    const failures = value['batchItemFailures']
    // What names a record of Kafka is not documented well enough to judge.
    if (trial.case.source === 'kafka' && Array.isArray(failures)) return undefined
    if (!Array.isArray(failures))
      return { id: 'failures', text: 'batchItemFailures is not a list: the whole batch counts as failed' }
    const known = new Set(recordIds(trial))
    const unknown = failures.find(
      (one) => !isJsonObject(one) || typeof one['itemIdentifier'] !== 'string' || !known.has(one['itemIdentifier']),
    )
    return unknown === undefined
      ? undefined
      : {
          id: 'unknown-id',
          text: `batchItemFailures names ${JSON.stringify(unknown).slice(0, 100)}, which is no id of this batch: the whole batch counts as failed`,
        }
  },
  firehose,
  cognito,
  async: () => undefined,
  direct: () => undefined,
}

/** Every record comes back by its id: transformed, dropped or failed. */
function firehose(value: Json, trial: Trial): Problem | undefined {
  const answers = isJsonObject(value) ? value['records'] : undefined
  if (!Array.isArray(answers)) return { id: 'records', text: `${typeOf(value)} without a list of records: the batch fails` }
  const known = answers.filter(isJsonObject)
  const lost = recordIds(trial).find((id) => !known.some((one) => one['recordId'] === id))
  if (lost !== undefined) return { id: 'missing-record', text: `The record ${lost} did not come back: it counts as failed` }
  const odd = known.find((one) => !['Ok', 'Dropped', 'ProcessingFailed'].includes(String(one['result'])))
  if (odd !== undefined)
    return { id: 'result', text: `result is ${JSON.stringify(odd['result'] ?? null)}, not Ok, Dropped or ProcessingFailed` }
  const raw = known.find((one) => one['result'] === 'Ok' && !(typeof one['data'] === 'string' && isBase64(one['data'])))
  return raw === undefined
    ? undefined
    : { id: 'data', text: 'data of a record that is Ok is not base64: the record counts as failed' }
}

const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)

/** AWS: the event itself, with a response, goes back to Cognito. */
function cognito(value: Json): Problem | undefined {
  if (!isJsonObject(value))
    return { id: 'shape', text: `Cognito gets ${typeOf(value)} instead of the event: signing up or in fails` }
  return value['response'] === undefined || isJsonObject(value['response'])
    ? undefined
    : { id: 'response', text: `response is ${typeOf(value['response'])}, not an object` }
}

const typeOf = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`

const isFlat = (headers: Json): boolean =>
  isJsonObject(headers) && Object.values(headers).every((value) => value === null || typeof value !== 'object')

const isLists = (headers: Json): boolean =>
  isJsonObject(headers) &&
  Object.values(headers).every((values) => Array.isArray(values) && values.every((value) => typeof value !== 'object'))

const eventOf = (trial: Trial): Json => JSON.parse(trial.case.steps.at(-1)?.text ?? 'null') as Json

function recordIds(trial: Trial): string[] {
  const event = eventOf(trial)
  const listed = isJsonObject(event) ? (event['Records'] ?? event['records']) : undefined
  const records = Array.isArray(listed) ? listed.filter(isJsonObject) : []
  return records.map((record) => {
    if (record['recordId'] !== undefined) return String(record['recordId'])
    const stream = record['dynamodb'] ?? record['kinesis']
    return String(isJsonObject(stream) ? (stream['SequenceNumber'] ?? stream['sequenceNumber']) : record['messageId'])
  })
}
