import { isJsonObject, type Json, type Oracle } from '../model/index.js'
import { anchorOf, guilty, sinkOf } from './region.js'
import { awsTexts } from './statement-texts.js'

/** JSON text was put together by hand: a quote in the value adds a property to it. */
export const jsonInjection: Oracle = {
  id: 'json-injection',
  title: 'Event data adds properties to a JSON document',
  severity: 'medium',
  cwe: ['CWE-74', 'CWE-116'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['json'],
  experimental: true,
  remediation: 'Build an object and JSON.stringify() it; never join JSON text.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    const key = injection.joined.slice(0, injection.head.length)
    for (const { effect, name, text } of awsTexts(trial)) {
      const at = text.indexOf(key)
      if (at === -1 || !hasKey(text, key)) continue
      yield {
        rule: 'json-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${name} of ${effect.api} has a property that the value named: ${text.slice(Math.max(0, at - 60), at + 40)}`,
      }
    }
  },
}

/** JSON inside JSON (an SNS message, a body in a detail) counts too. */
function hasKey(text: string, key: string, depth = 0): boolean {
  if (depth > 3 || !/^\s*[{[]/.test(text)) return false
  try {
    return holds(JSON.parse(text) as Json, key, depth)
  } catch {
    return false
  }
}

function holds(value: Json, key: string, depth: number): boolean {
  if (typeof value === 'string') return value.includes(key) && hasKey(value, key, depth + 1)
  if (Array.isArray(value)) return value.some((item) => holds(item, key, depth))
  return isJsonObject(value) && (Object.hasOwn(value, key) || Object.values(value).some((child) => holds(child, key, depth)))
}
