import { neededActions } from '../aws/actions.js'
import { canariesIn, type Evidence, isJsonObject, type Json, type NeededAction, tokensOf } from '../model/index.js'
import { appliesTo } from './applies.js'
import { resourcePart } from './match-arn.js'
import { findAction } from './snapshot.js'

/**
 * Who made the function call: honest = valid, boundary or benign control input; unattributed = we cannot tell which execution
 * (start-up code, late callbacks); attack = hostile input, which proves no need.
 */
type Origin = 'honest' | 'unattributed' | 'attack'

/** An action that a recorded call used on a resource. */
export interface Use {
  readonly action: string
  /** As recorded. */
  readonly arn: string
  /** For people: what event data chose inside one resource (the key of an object) is `*`. */
  readonly resource: string
  readonly origin: Origin
  readonly certainty: NeededAction['certainty']
  /** The event named the resource itself (its table, its bucket): what the function needs cannot be learnt from that. */
  readonly fromEvent: boolean
  /** The operation that was called: `dynamodb:TransactWriteItems`. */
  readonly operation: string
}

// Parameters that name a resource. A value there that carries event data chooses what the call is made on.
const RESOURCE_PARAMS = new Set(
  (
    'TableName IndexName Bucket Key CopySource QueueUrl TopicArn TargetArn SecretId FunctionName KeyId StreamName StreamARN ' +
    'resourceArn secretArn Source EventBusName stateMachineArn WorkGroup RoleArn Name'
  ).split(' '),
)
const LOCAL_ACCOUNT = '000000000000'

/** What the recorded calls used, each action and resource once per origin. */
export function usesOf(evidence: readonly Evidence[]): readonly Use[] {
  const distinct = new Map<string, Use>()
  for (const line of evidence) {
    for (const use of usesOfLine(line)) {
      const key = [use.action, use.resource, use.origin, use.certainty, use.fromEvent].join(' ')
      if (!distinct.has(key)) distinct.set(key, use)
    }
  }
  return [...distinct.values()]
}

function usesOfLine(line: Evidence): Use[] {
  const origin = originOf(line)
  const controlled = resourcesFromEvent(line)
  const operation = `${line.service}:${line.operation}`
  return applying(neededActions(line, accountOf(line))).map(({ action, resource, certainty }) => {
    const { shown, fromEvent } = controlled ? learnable(resource, line) : { shown: resource, fromEvent: false }
    return { action: findAction(action)?.name ?? action, arn: resource, resource: shown, origin, certainty, fromEvent, operation }
  })
}

/** Of the ARNs in a request those that the action works on: not the role it hands over. `*` when there is none. */
function applying(needed: readonly NeededAction[]): NeededAction[] {
  const distinct = new Map<string, NeededAction>()
  for (const one of needed) {
    const known = findAction(one.action)
    const fits = known === undefined || appliesTo(known, one.resource)
    const others = needed.some(
      ({ action, resource }) => action === one.action && known !== undefined && resource !== '*' && appliesTo(known, resource),
    )
    if (!fits && others) continue
    const resource = fits ? one.resource : '*'
    if (!distinct.has(`${one.action} ${resource}`)) distinct.set(`${one.action} ${resource}`, { ...one, resource })
  }
  return [...distinct.values()]
}

function originOf({ control, stage }: Evidence): Origin {
  if (control || stage === 'valid' || stage === 'boundary') return 'honest'
  return stage === null ? 'unattributed' : 'attack'
}

const accountOf = ({ resources }: Evidence): string =>
  resources.map((arn) => arn.split(':')[4]).find((account) => account !== undefined && account !== '') ?? LOCAL_ACCOUNT

/** True when event data stands in a parameter that names a resource, or its marker in an ARN. */
function resourcesFromEvent({ eventControlled, resources, params }: Evidence): boolean {
  if (eventControlled.length === 0) return false
  if (resources.some((arn) => canariesIn(arn).length > 0)) return true
  return eventControlled.some((pointer) => RESOURCE_PARAMS.has(lastToken(pointer)) && valueAt(params, pointer) !== undefined)
}

/** Objects of a bucket are named by data: their key becomes `*`. Any other name that the event chose teaches nothing. */
function learnable(arn: string, { service, eventControlled }: Evidence): { shown: string; fromEvent: boolean } {
  const markers = canariesIn(arn)
  const slash = arn.indexOf('/')
  if (service === 's3' && slash >= 0) {
    const bucket = arn.slice(0, slash)
    const bucketFromEvent = canariesIn(bucket).length > 0 || (markers.length === 0 && named(eventControlled, 'Bucket'))
    if (bucketFromEvent) return { shown: arn, fromEvent: true }
    if (markers.length > 0) return { shown: withoutMarkers(arn), fromEvent: false }
    return named(eventControlled, 'Key') || named(eventControlled, 'CopySource')
      ? { shown: `${bucket}/*`, fromEvent: false }
      : { shown: arn, fromEvent: false }
  }
  if (markers.length > 0) return { shown: arn, fromEvent: true }
  const names = eventControlled.map(lastToken).filter((token) => RESOURCE_PARAMS.has(token) && token !== 'Key')
  return { shown: arn, fromEvent: names.length > 0 && resourcePart(arn) !== '*' }
}

const named = (pointers: readonly string[], param: string): boolean => pointers.some((pointer) => lastToken(pointer) === param)
const lastToken = (pointer: string): string => tokensOf(pointer).at(-1) ?? ''

/** Markers in any case become `*`, neighbours one. */
function withoutMarkers(arn: string): string {
  let text = arn
  for (const marker of canariesIn(arn)) {
    const at = text.toLowerCase().indexOf(marker)
    if (at >= 0) text = `${text.slice(0, at)}*${text.slice(at + marker.length)}`
  }
  return text.replace(/\*+/g, '*')
}

function valueAt(value: Json, pointer: string): Json | undefined {
  let here: Json | undefined = value
  for (const token of tokensOf(pointer)) {
    if (isJsonObject(here)) here = Object.hasOwn(here, token) ? here[token] : undefined
    else if (Array.isArray(here)) here = (here as readonly Json[])[Number(token)]
    else return undefined
  }
  return here
}
