import { type FileLine, isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { CompiledTemplate } from '../compiled-template.js'
import { isIntrinsic, list, platformStatements } from './platform-statements.js'
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
      const name = `${this.service.prefix}-lambda`
      const users = functions.filter(({ properties }) => properties['role'] === undefined)
      this.template.add(SHARED, roleResource(name, [...platformStatements(users, true), ...statements], managed), at)
    }
    return arnOf(SHARED)
  }

  private ownRole(each: ServiceFunction, own: JsonObject, statements: Json | undefined): Json {
    const inherit =
      own['inheritStatements'] ??
      each.properties['iamRoleStatementsInherit'] ??
      this.service.part('custom', 'serverless-iam-roles-per-function', 'defaultInherit').value
    const all = [...platformStatements([each], false), ...(inherit === true ? this.shared.statements : []), ...list(statements)]
    const id = `${capital(logicalIdOf(each.key).replace(/LambdaFunction$/, ''))}${SHARED}`
    const name = each.properties['iamRoleStatementsName'] ?? `${this.service.prefix}-${each.key}-lambdaRole`
    const at = this.service.at(statements, each.at)
    this.template.add(id, roleResource(String(name), all, list(own['managedPolicies'])), at)
    return arnOf(id)
  }
}

const roleResource = (name: string, statements: readonly Json[], managed: readonly Json[]): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [{ PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
    ManagedPolicyArns: managed,
  },
})
