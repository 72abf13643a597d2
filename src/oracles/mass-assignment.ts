import {
  canariesIn,
  type EffectOf,
  isJsonObject,
  type Json,
  type JsonObject,
  type Oracle,
  type Trial,
  type Verdict,
} from '../model/index.js'
import { answerSink } from './answer-text.js'
import { anchorOf, effectsOf, guilty, sinkOf } from './region.js'
import { returnedValue } from './response-text.js'

/** A key that the sender added stands beside those that the function writes: an attribute of an item, a claim of a token. */
export const massAssignment: Oracle = {
  id: 'mass-assignment',
  title: 'The sender adds attributes to a stored item, or claims to a token',
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
    if (injection.family.startsWith('nosql')) return // Conditions of a filter say that themselves.
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
    yield* ofTokens(trial, added)
  },
}

/** Applications believe what a token says of its bearer. */
function* ofTokens(trial: Trial, added: readonly string[]): Generator<Verdict> {
  const at = trial.case.injection!.point.wire
  const sentAs = (name: string) => trial.case.canaries.find(({ point }) => point.wire === `${at}/${name}`)?.canary ?? ''
  for (const claims of claimsIn(trial)) {
    const name = added.find((one) => canariesIn(JSON.stringify(claims[one] ?? '')).includes(sentAs(one)))
    // Where the function says nothing of its own, the client's words may be meant to be passed on.
    if (name === undefined || !Object.keys(claims).some((one) => isOwnValue(trial, one, claims[one]))) continue
    yield {
      rule: 'mass-assignment',
      canary: guilty(trial),
      sink: answerSink('claims'),
      anchor: 'response:claims',
      evidence: `The token gets the claim ${name}, a key that the client added to its request`,
    }
    return
  }
}

/** Claims that a user pool is told to put into tokens, of both versions of the trigger's answer. */
function claimsIn(trial: Trial): readonly JsonObject[] {
  const at = (value: Json | undefined, name: string) => (isJsonObject(value) ? value[name] : undefined)
  const response = trial.case.contract === 'cognito' ? at(returnedValue(trial), 'response') : undefined
  const second = at(response, 'claimsAndScopeOverrideDetails')
  const details = [at(response, 'claimsOverrideDetails'), at(second, 'idTokenGeneration'), at(second, 'accessTokenGeneration')]
  return details.map((one) => at(one, 'claimsToAddOrOverride')).filter(isJsonObject)
}

const OF_OBJECTS = new Set(['__proto__', 'constructor', 'prototype'])

/** The function made this attribute itself: neither its name nor its value is the sender's. */
function isOwn(trial: Trial, { params }: EffectOf<'aws'>, name: string): boolean {
  const item = params['Item'] ?? params['Key']
  return isOwnValue(trial, name, isJsonObject(item) ? item[name] : undefined)
}

const isOwnValue = ({ case: { steps } }: Trial, name: string, value: Json | undefined): boolean =>
  !steps.at(-1)!.text.includes(name) && canariesIn(JSON.stringify(value ?? '')).length === 0

/** Names of the attributes that a call writes. */
function written({ operation, params }: EffectOf<'aws'>): readonly string[] {
  const keysOf = (value: Json | undefined) => (isJsonObject(value) ? Object.keys(value) : [])
  if (operation === 'PutItem') return keysOf(params['Item'])
  const names = params['ExpressionAttributeNames']
  // Which item it is says the function, not the sender: then it is an item of its own making.
  return operation === 'UpdateItem' && isJsonObject(names) ? [...Object.values(names).map(String), ...keysOf(params['Key'])] : []
}
