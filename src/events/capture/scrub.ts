import { isJsonObject, type Json, SLOT } from '../../model/index.js'

const SECRET_NAME = /authorization|cookie|token|secret|passw|api[-_]?key|credential|signature|session|^x-amz-security/i

/** What a value gives away, and what stands there instead. Linear patterns: a captured event is untrusted too. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, SLOT],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, SLOT],
  [/\b(?:sk|pk|rk|ghp|gho|xox[abp])[-_][\w-]{16,}/g, SLOT],
  [/-----BEGIN [A-Z ]{1,40}-----[^-]{0,8192}-----END [A-Z ]{1,40}-----/g, SLOT],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, `${SLOT}@example.invalid`],
  [/\b(?!192\.0\.2\.)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, '192.0.2.1'],
  [/\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}\b/g, '4111111111111111'],
  [/\barn:aws[\w-]*:([\w-]*):([\w-]*):\d{12}:/g, 'arn:aws:$1:$2:000000000000:'],
]

/** A wire input made of a captured event, without what identifies people or opens doors. */
export function scrub(value: Json, name = ''): Json {
  if (typeof value === 'string') return value === '' ? value : SECRET_NAME.test(name) ? hidden(value) : clean(value)
  if (Array.isArray(value)) return value.map((item) => scrub(item, name))
  if (!isJsonObject(value)) return value
  const within = /^cookies$/i.test(name) ? () => name : (key: string) => key
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, scrub(child, within(key))]))
}

/** The scheme of a header such as `Bearer …` stays: functions look at it. */
const hidden = (value: string): string => (/^(?:Bearer|Basic|Token|Digest) /i.exec(value)?.[0] ?? '') + SLOT

const clean = (value: string): string => SECRETS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), value)
