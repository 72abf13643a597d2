import { type FileLine, isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { CompiledTemplate } from '../compiled-template.js'
import { arnOf, capital, logicalIdOf, type Service, type ServiceFunction } from './service.js'

const SHARED = 'IamRoleLambdaExecution'

/** What the service says about the role that functions share. */
interface SharedRole {
  /** A role that exists already, or that `resources` makes. */
  readonly reference: Json
  readonly statements: readonly Json[]
  readonly managed: readonly Json[]
  readonly at: FileLine
}

/** Gives functions their roles, as serverless and the plugin serverless-iam-roles-per-function would. */
export class Roles {
  private readonly service: Service
  private readonly template: CompiledTemplate
  private readonly shared: SharedRole
  readonly unresolved: readonly string[]

  constructor(service: Service, template: CompiledTemplate) {
    this.service = service
    this.template = template
    const role = service.part('provider', 'iam', 'role')
    const legacy = service.part('provider', 'iamRoleStatements')
    const legacyManaged = service.part('provider', 'iamManagedPolicies')
    const legacyRole = service.part('provider', 'role')
    this.unresolved = [role, legacy, legacyManaged, legacyRole].flatMap((part) => part.unresolved)
    const settings = isJsonObject(role.value) && !isIntrinsic(role.value) ? role.value : {}
    const statements = settings['statements'] ?? legacy.value
    this.shared = {
      reference: isJsonObject(role.value) && !isIntrinsic(role.value) ? null : (role.value ?? legacyRole.value),
      statements: list(statements),
      managed: list(settings['managedPolicies'] ?? legacyManaged.value),
      at: service.at(statements ?? role.value ?? undefined),
    }
  }

  /** The Role property of a function. */
  of(each: ServiceFunction, functions: readonly ServiceFunction[]): Json {
    const { role, iam } = each.properties
    if (typeof role === 'string' || isIntrinsic(role)) return this.reference(role!)
    const own = isJsonObject(role) ? role : isJsonObject(iam) && isJsonObject(iam['role']) ? iam['role'] : undefined
    const statements = own?.['statements'] ?? each.properties['iamRoleStatements']
    if (statements !== undefined || this.perFunction) return this.ownRole(each, own ?? {}, statements)
    return this.shared.reference === null ? this.sharedRole(functions) : this.reference(this.shared.reference)
  }

  private get perFunction(): boolean {
    return this.service.text('provider', 'iam', 'role', 'mode') === 'perFunction'
  }

  private reference(role: Json): Json {
    return typeof role !== 'string' || role.includes(':') ? role : arnOf(role)
  }

  private sharedRole(functions: readonly ServiceFunction[]): Json {
    if (!this.template.has(SHARED)) {
      const { statements, managed, at } = this.shared
      const name = `${this.service.name}-${this.service.stage}-lambda`
      const users = functions.filter(({ properties }) => properties['role'] === undefined)
      this.template.add(SHARED, roleResource(name, [...platformStatements(users), ...statements], managed), at)
    }
    return arnOf(SHARED)
  }

  private ownRole(each: ServiceFunction, own: JsonObject, statements: Json | undefined): Json {
    const inherit =
      own['inheritStatements'] ??
      each.properties['iamRoleStatementsInherit'] ??
      this.service.part('custom', 'serverless-iam-roles-per-function', 'defaultInherit').value
    const all = [...platformStatements([each]), ...(inherit === true ? this.shared.statements : []), ...list(statements)]
    const id = `${capital(logicalIdOf(each.key).replace(/LambdaFunction$/, ''))}${SHARED}`
    const name = each.properties['iamRoleStatementsName'] ?? `${this.service.name}-${this.service.stage}-${each.key}-lambdaRole`
    const at = this.service.at(statements, each.at)
    this.template.add(id, roleResource(String(name), all, list(own['managedPolicies'])), at)
    return arnOf(id)
  }
}

const isIntrinsic = (value: Json | undefined): boolean =>
  isJsonObject(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))

function list(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value)
    ? (value as readonly Json[]).flatMap((each) => (Array.isArray(each) ? (each as readonly Json[]) : [each]))
    : [value]
}

const roleResource = (name: string, statements: readonly Json[], managed: readonly Json[]): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [{ PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
    ManagedPolicyArns: managed,
  },
})

const LOGS = 'arn:aws:logs:*:*:log-group:/aws/lambda/*'
const STREAM_ACTIONS = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams']
const allow = (actions: readonly string[], resource: readonly Json[]): JsonObject => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
})

/** What serverless adds by itself: logs, and what the event sources need. */
function platformStatements(functions: readonly ServiceFunction[]): readonly JsonObject[] {
  const sources: Record<'sqs' | 'dynamodb' | 'kinesis', Json[]> = { sqs: [], dynamodb: [], kinesis: [] }
  for (const { properties } of functions)
    for (const event of list(properties['events'])) {
      if (!isJsonObject(event)) continue
      if (event['sqs'] !== undefined) sources.sqs.push(arnIn(event['sqs']))
      if (event['stream'] !== undefined) sources[streamService(event['stream'])].push(arnIn(event['stream']))
    }
  const statements = [
    allow(['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:TagResource', 'logs:PutLogEvents'], [`${LOGS}:*`, `${LOGS}:*:*`]),
  ]
  if (sources.sqs.length > 0)
    statements.push(allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], sources.sqs))
  for (const service of ['dynamodb', 'kinesis'] as const)
    if (sources[service].length > 0)
      statements.push(
        allow(
          STREAM_ACTIONS.map((action) => `${service}:${action}`),
          sources[service],
        ),
      )
  return statements
}

const arnIn = (value: Json): Json => (isJsonObject(value) && !isIntrinsic(value) ? (value['arn'] ?? '*') : value)

/** Whether a stream is of a table: `type` says it, or the ARN, or the attribute that is asked for. */
export function streamService(value: Json): 'dynamodb' | 'kinesis' {
  if (isJsonObject(value) && typeof value['type'] === 'string') return value['type'] === 'dynamodb' ? 'dynamodb' : 'kinesis'
  return /dynamodb|StreamArn/.test(JSON.stringify(arnIn(value))) ? 'dynamodb' : 'kinesis'
}
