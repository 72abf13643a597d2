import { type Secret, secretSpellings } from '../model/index.js'

const LEAST = 8

/** A copy of a document with the values of secrets replaced by their names: nothing secret reaches the disk or the terminal. */
export function redact<T>(document: T, secrets: readonly Secret[]): T {
  const text = JSON.stringify(document)
  let clean = text
  for (const { name, value } of secrets) {
    if (value.length < LEAST) continue
    for (const spelling of secretSpellings(value)) clean = clean.replaceAll(spelling, `[redacted ${name}]`)
  }
  return clean === text ? document : (JSON.parse(clean) as T)
}
