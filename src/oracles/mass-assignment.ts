import { canariesIn, type EffectOf, isJsonObject, type Json, type Oracle, type Trial } from '../model/index.js'
import { anchorOf, effectsOf, guilty, sinkOf } from './region.js'

/** A key that the sender added is kept as an attribute of its own beside those that the function writes. */
export const massAssignment: Oracle = {
  id: 'mass-assignment',
  title: 'The sender adds attributes to a stored item',
  severity: 'medium',
  cwe: ['CWE-915'],
  owasp: ['S5'],
  proof: 'robustness',
  sinks: [],
  remediation: 'Copy the fields that a client may set by name; check the body against a schema with additionalProperties: false.',
  *judge(trial) {
    const { injection, draft } = trial.case
    const added = draft.placed?.keys ?? []
    if (injection === null || injection.point.kind !== 'object' || added.length === 0) return
    for (const effect of effectsOf(trial, 'aws')) {
      const all = effect.service === 'dynamodb' ? written(effect) : []
      const name = all.find((one) => added.includes(one) && !OF_OBJECTS.has(one))
      // Where the function adds nothing of its own, the store may be meant for any document.
      if (name === undefined || !all.some((one) => isOwn(trial, effect, one))) continue
      yield {
        rule: 'mass-assignment',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${effect.api} writes the attribute ${name}, a key that the sender added to the body`,
      }
    }
  },
}

const OF_OBJECTS = new Set(['__proto__', 'constructor', 'prototype'])

/** The function made this attribute itself: neither its name nor its value is the sender's. */
function isOwn({ case: { steps } }: Trial, { params }: EffectOf<'aws'>, name: string): boolean {
  const item = params['Item']
  const value = isJsonObject(item) ? JSON.stringify(item[name]) : ''
  return !steps.at(-1)!.text.includes(name) && canariesIn(value).length === 0
}

/** Names of the attributes that a call writes. */
function written({ operation, params }: EffectOf<'aws'>): readonly string[] {
  const keysOf = (value: Json | undefined) => (isJsonObject(value) ? Object.keys(value) : [])
  if (operation === 'PutItem') return keysOf(params['Item'])
  const names = params['ExpressionAttributeNames']
  return operation === 'UpdateItem' && isJsonObject(names) ? Object.values(names).map(String) : []
}
