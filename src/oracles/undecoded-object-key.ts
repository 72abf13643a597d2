import {
  canariesIn,
  type EffectOf,
  isJsonObject,
  type Json,
  type Oracle,
  type PlantedCanary,
  type Trial,
} from '../model/index.js'
import { effectsOf, sinkOf } from './region.js'

/** What a function asks of the object that its event is about. */
const ABOUT_IT =
  /^(?:(?:Get|Head|Delete|Restore|Select)Object(?:Acl|Content|Attributes)?|(?:Get|Put|Delete)Object(?:Tagging|Acl))$/

/** The function asks for another object than the one its event is about, because S3 encodes keys in notifications. */
export const undecodedObjectKey: Oracle = {
  id: 'undecoded-object-key',
  title: 'The object of an event is looked for under its encoded key',
  severity: 'medium',
  cwe: ['CWE-172'],
  owasp: ['S10'],
  proof: 'robustness',
  sinks: ['aws'],
  remediation:
    'Decode keys of S3 notifications: decodeURIComponent(key.replace(/\\+/g, " ")). Keys in events of EventBridge are not encoded.',
  *judge(trial) {
    const sent = sentKeys(trial)
    if (sent.length === 0) return
    for (const effect of effectsOf(trial, 'aws')) {
      const key = keyOf(effect)
      const wrong = sent.find(({ key: own, misread }) => key !== undefined && key !== own && misread.includes(key))
      // A random key without a marker may be alike by chance, and is hard to read.
      if (wrong === undefined || key === undefined || plantedIn(trial, key) === null) continue
      yield {
        rule: 'undecoded-object-key',
        canary: plantedIn(trial, key),
        // The line of a process's first call is not always known.
        sink: { ...sinkOf(effect), frames: [] },
        anchor: `key:${effect.api}`,
        // Where the key is read from the event it is decoded or not, whatever is done with it then.
        cause: 'key',
        evidence: `${effect.api} asks for ${key.slice(0, 200)}; the object of the event is ${wrong.key.slice(0, 200)}`,
      }
    }
  },
}

const plantedIn = (trial: Trial, key: string): PlantedCanary | null =>
  trial.case.canaries.find(({ canary }) => canariesIn(key).includes(canary)) ?? null

const keyOf = ({ service, operation, params: { Key } }: EffectOf<'aws'>): string | undefined =>
  service === 's3' && ABOUT_IT.test(operation) && typeof Key === 'string' ? Key : undefined

interface SentKey {
  readonly key: string
  /** What becomes of it in code that decodes too little, or too much. */
  readonly misread: readonly string[]
}

function sentKeys({ case: { source, steps } }: Trial): readonly SentKey[] {
  if (!TOLD_BY.has(source)) return []
  const event = JSON.parse(steps.at(-1)?.text ?? 'null') as Json
  if (source === 's3-eventbridge')
    return textsAt(event, ['detail', 'object', 'key']).map((key) => ({ key, misread: [decoded(key)] }))
  const notifications = [event, ...handedOn(event)]
  return notifications
    .flatMap((one) => textsAt(one, ['Records', '*', 's3', 'object', 'key']))
    .map((told) => ({
      key: decoded(told),
      misread: [told, told.replaceAll('+', ' '), unescaped(told)],
    }))
}

const TOLD_BY: ReadonlySet<string> = new Set(['s3', 's3-eventbridge', 'sqs', 'sns'])

/** Notifications inside the messages of a queue or a topic, and of a topic that a queue has subscribed to. */
function handedOn(event: Json): readonly Json[] {
  const messages = textsAt(event, ['Records', '*', 'body']).map(parsed)
  const topics = [...textsAt(event, ['Records', '*', 'Sns', 'Message']), ...messages.flatMap((one) => textsAt(one, ['Message']))]
  return [...messages, ...topics.map(parsed)]
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

const decoded = (key: string): string => unescaped(key.replaceAll('+', ' '))

function unescaped(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}

function textsAt(value: Json | undefined, [name, ...rest]: readonly string[]): readonly string[] {
  if (name === undefined) return typeof value === 'string' ? [value] : []
  if (name === '*') return Array.isArray(value) ? value.flatMap((one: Json) => textsAt(one, rest)) : []
  return isJsonObject(value) ? textsAt(value[name], rest) : []
}
