import type { Secret } from '../model/index.js'

const LEAST = 8

/** A copy of a document with the values of secrets replaced by their names: nothing secret reaches the disk or the terminal. */
export function redact<T>(document: T, secrets: readonly Secret[]): T {
  const text = JSON.stringify(document)
  let clean = text
  for (const { name, value } of secrets) {
    const shown = JSON.stringify(value).slice(1, -1)
    if (value.length >= LEAST && clean.includes(shown)) clean = clean.replaceAll(shown, `[redacted ${name}]`)
  }
  return clean === text ? document : (JSON.parse(clean) as T)
}
