import { isJsonObject, type Json, type Trial } from '../model/index.js'
import { lastObservation } from './thrown.js'

/** The returned value of the deciding step; undefined when it did not return. */
export function returnedValue(trial: Trial): Json | undefined {
  const outcome = lastObservation(trial)?.outcome
  if (outcome?.kind !== 'returned') return undefined
  try {
    return JSON.parse(outcome.text) as Json
  } catch {
    return undefined
  }
}

/** What an HTTP client gets to see: body and header values. Undefined for sources that answer nobody outside. */
export function clientText(trial: Trial): string | undefined {
  if (trial.case.contract !== 'proxy-v1' && trial.case.contract !== 'proxy-v2') return undefined
  const value = returnedValue(trial)
  if (value === undefined) return undefined
  if (!isJsonObject(value)) return typeof value === 'string' ? value : JSON.stringify(value)
  const body = typeof value['body'] === 'string' ? bodyOf(value) : JSON.stringify(value['body'] ?? value)
  return `${body}\n${JSON.stringify(value['headers'] ?? {})}\n${JSON.stringify(value['multiValueHeaders'] ?? {})}`
}

function bodyOf(value: { readonly [key: string]: Json }): string {
  const body = String(value['body'])
  return value['isBase64Encoded'] === true ? Buffer.from(body, 'base64').toString('utf8') : body
}
