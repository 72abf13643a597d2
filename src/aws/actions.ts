import type { NeededAction } from '../model/index.js'
import { behindIt } from './actions-behind.js'
import { dynamodbActions } from './actions-dynamodb.js'
import { impliedActions } from './actions-implied.js'
import { actionNamed, prefixOf } from './actions-renamed.js'
import { s3Actions } from './actions-s3.js'
import { s3ExpressActions } from './actions-s3express.js'
import { type MappedCall, onEach } from './mapped-call.js'
import { arn, textOf } from './services/service.js'

export type { MappedCall } from './mapped-call.js'

const DATABASES = new Set(['postgres', 'mysql', 'redis', 'mongodb'])
/** Operations that a user's own token or a client's secret authorises: IAM is not asked. */
const WITHOUT_IAM = new Set(
  (
    'CompleteWebAuthnRegistration DeleteWebAuthnCredential GetUserAuthFactors ListWebAuthnCredentials StartWebAuthnRegistration ' +
    'ListUserSessions RevokeUserSession GetClientToken'
  )
    .split(' ')
    .map((operation) => `cognito-idp:${operation}`),
)

const DEFAULT_HOST: Readonly<Record<string, readonly string[]>> = {
  RegisterDefaultHostManagementConfiguration: ['GetServiceSetting', 'UpdateServiceSetting'],
  DeregisterDefaultHostManagementConfiguration: ['GetServiceSetting', 'ResetServiceSetting'],
}

/**
 * IAM actions that one call needs, each on its resource: its own, what the request shows besides, what may stand behind it. Empty
 * only where IAM is not asked (databases, some of Cognito's calls): any other operation without a rule of its own needs the action of the same name.
 */
export function neededActions(call: MappedCall, account: string): readonly NeededAction[] {
  if (DATABASES.has(call.service) || WITHOUT_IAM.has(`${call.service}:${call.operation}`)) return []
  const needed = [...ownActions(call, account), ...impliedActions(call, prefixOf(call.service)), ...behindIt(call)]
  const distinct = new Map<string, NeededAction>()
  for (const one of needed) {
    const key = `${one.action} ${one.resource}`
    if (!distinct.has(key)) distinct.set(key, one)
  }
  return [...distinct.values()]
}

function ownActions(call: MappedCall, account: string): readonly NeededAction[] {
  const { service, operation, params, resources, region } = call
  switch (service) {
    case 's3':
      return s3Actions(call)
    case 's3express':
      return s3ExpressActions(call, account)
    case 'dynamodb':
      return dynamodbActions(call, account)
    case 'rds-data':
    case 'redshift-data': {
      const secret = params.secretArn ?? params.SecretArn
      return onEach(
        actionNamed(service, operation),
        resources.filter((one) => one !== secret),
      )
    }
    case 'ssm': {
      const setting = DEFAULT_HOST[operation]
      if (setting !== undefined) return setting.flatMap((action) => onEach(`ssm:${action}`, []))
      break
    }
    case 'kms':
      if (operation === 'ReEncrypt') return reEncrypt(call, { region, account })
      break
    case 'ses':
      // Version 2 of the API sends raw mail by the same operation.
      if (operation === 'SendEmail' && isRaw(params.Content)) return onEach('ses:SendRawEmail', resources)
      break
    case 'sts':
      // Nothing restricts it to a resource.
      if (operation === 'GetCallerIdentity') return onEach('sts:GetCallerIdentity', [])
      break
  }
  return onEach(actionNamed(service, operation), resources)
}

const isRaw = (content: unknown): boolean => typeof content === 'object' && content !== null && 'Raw' in content

function reEncrypt({ params }: MappedCall, place: { region: string; account: string }): NeededAction[] {
  const key = (id: string | undefined): string[] =>
    id === undefined ? [] : [id.startsWith('arn:') ? id : arn('kms', place, id.startsWith('alias/') ? id : `key/${id}`)]
  return [
    ...onEach('kms:ReEncryptFrom', key(textOf(params.SourceKeyId))),
    ...onEach('kms:ReEncryptTo', key(textOf(params.DestinationKeyId))),
  ]
}
