import { setAt } from '../generate/index.js'
import { type EventSource, escapeToken, type Json, type JsonObject, SLOT, type Trigger } from '../model/index.js'
import { signedUpOf } from './capture/cognito.js'
import { answerOf, type CognitoWire, fieldsOf, requestOf, SENT, TRIGGERS } from './cognito-triggers.js'
import { REGION, UUID } from './envelope.js'
import { readEventSchema } from './read-schema.js'
import { shellJson, shellWord } from './shell-words.js'

const wireOf = (wire: Json): CognitoWire => wire as unknown as CognitoWire

/** What people who sign up or in say about themselves; the function returns the event with its answer in it. */
export const cognito: EventSource = {
  id: 'cognito',
  service: 'Amazon Cognito user pool',
  contract: 'cognito',
  get schema() {
    return readEventSchema('cognito')
  },
  templates: (trigger) => (ownOf(trigger).length === 0 ? TRIGGERS : ownOf(trigger)).map((one) => template(one)),
  honour: (sample, trigger) => {
    const wire = wireOf(sample)
    const own = ownOf(trigger)
    if (own.length === 0 || own.includes(wire.trigger)) return sample
    return { ...(sample as JsonObject), trigger: own[wire.sub.charCodeAt(0) % own.length]! }
  },
  toEvent: (input) => {
    const wire = wireOf(input)
    return {
      version: '1',
      triggerSource: wire.trigger,
      region: REGION,
      userPoolId: `${REGION}_${wire.pool}`,
      userName: wire.userName.toWellFormed(),
      callerContext: { awsSdkVersion: 'aws-sdk-js-3.600.0', clientId: wire.clientId },
      request: requestOf(wire),
      response: answerOf(wire.trigger),
    }
  },
  fromEvent: signedUpOf,
  supply,
  fixed: (wire) => {
    const used = fieldsOf(wireOf(wire).trigger)
    const fields = ['attributes', 'clientMetadata', 'validationData', 'password', 'answer'] as const
    return fields.filter((field) => !used.includes(SENT[field])).map((field) => `/${field}`)
  },
  recipe,
}

const ownOf = ({ cognitoTriggers = [] }: Trigger): readonly string[] =>
  TRIGGERS.filter((one) => cognitoTriggers.includes(one.split('_')[0]!))

const EXTERNAL = 'PreSignUp_ExternalProvider'

const template = (trigger: string): Json => ({
  trigger,
  userName: trigger === EXTERNAL ? `Google_${SLOT}` : SLOT,
  attributes: { email: `${SLOT}@example.com` },
  password: `${SLOT}-1A`,
  answer: SLOT,
  rounds: 1,
  newDevice: false,
  group: '',
  sub: UUID,
  clientId: 'ab12cd34ef56gh78ij90kl12mn',
  pool: 'AbCdEfGhI',
})

function supply(wire: Json, pointer: string, value: Json): Json | undefined {
  const [, where, name] = /^\/request\/(userAttributes|clientMetadata|validationData)(?:\/([^/]+))?$/.exec(pointer) ?? []
  if (where === undefined || !fieldsOf(wireOf(wire).trigger).includes(where)) return undefined
  const at = where === 'userAttributes' ? '/attributes' : `/${where}`
  const text = typeof value === 'string' ? value : SLOT
  // The map itself is absent: any entry makes it appear.
  return setAt(wire, `${at}/${name === undefined ? 'source' : escapeToken(name.replaceAll('~1', '/'))}`, text)
}

function recipe(input: Json): readonly string[] {
  const { trigger, userName, attributes, clientMetadata = {}, password, answer, clientId } = wireOf(input)
  const user = `--client-id ${shellWord(clientId)} --username ${shellWord(userName)}`
  const metadata = `--client-metadata ${shellJson(clientMetadata)}`
  if (trigger === EXTERNAL) return ['# sign in on the hosted page with an account of another provider that has these attributes']
  if (trigger.startsWith('PreSignUp') || trigger === 'CustomMessage_SignUp') {
    const list = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }))
    return [`aws cognito-idp sign-up ${user} --password ${shellWord(password)} --user-attributes ${shellJson(list)} ${metadata}`]
  }
  if (trigger.startsWith('PostConfirmation'))
    return [`aws cognito-idp confirm-sign-up ${user} --confirmation-code "$CODE" ${metadata}`]
  if (trigger.endsWith('ForgotPassword')) return [`aws cognito-idp forgot-password ${user} ${metadata}`]
  const challenge = /^(?:Define|Create|Verify)Auth/.test(trigger)
  const parameters = challenge ? { USERNAME: userName, ANSWER: answer } : { USERNAME: userName, PASSWORD: password }
  const flow = challenge ? 'CUSTOM_AUTH' : 'USER_PASSWORD_AUTH'
  return [
    `aws cognito-idp initiate-auth --client-id ${shellWord(clientId)} --auth-flow ${flow} --auth-parameters ${shellJson(parameters)} ${metadata}`,
  ]
}
