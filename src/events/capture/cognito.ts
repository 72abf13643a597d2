import { isJsonObject, type Json } from '../../model/index.js'
import { UUID } from '../envelope.js'
import { objectOf, textOf, texts } from './http.js'

/** What a person said behind a captured event of a user pool; undefined for another event. */
export function signedUpOf(event: Json): Json | undefined {
  if (!isJsonObject(event) || typeof event['triggerSource'] !== 'string' || typeof event['userPoolId'] !== 'string')
    return undefined
  const request = objectOf(event['request'])
  const { sub: _sub, 'cognito:user_status': _status, ...attributes } = texts(objectOf(request['userAttributes']))
  const group = objectOf(request['groupConfiguration'])['groupsToOverride']
  return {
    trigger: event['triggerSource'],
    userName: textOf(event['userName'], 'user'),
    attributes,
    ...(isJsonObject(request['clientMetadata']) ? { clientMetadata: texts(request['clientMetadata']) } : {}),
    ...(isJsonObject(request['validationData']) ? { validationData: texts(request['validationData']) } : {}),
    password: textOf(request['password'], 'Password-1'),
    answer: typeof request['challengeAnswer'] === 'string' ? request['challengeAnswer'] : '123456',
    rounds: Array.isArray(request['session']) ? Math.min(request['session'].length, 2) : 0,
    newDevice: request['newDeviceUsed'] === true,
    group: Array.isArray(group) && typeof group[0] === 'string' ? group[0] : '',
    sub: UUID,
    clientId: 'ab12cd34ef56gh78ij90kl12mn',
    pool: 'AbCdEfGhI',
  }
}
