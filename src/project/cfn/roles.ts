import type { Json, JsonObject, ProjectPolicy, ProjectRole } from '../../model/index.js'
import { nameInArn } from './account.js'
import { connectorPolicies } from './connectors.js'
import type { Resolver } from './resolver.js'
import { samPolicies } from './sam-policies.js'
import type { Resource, Stack } from './stack.js'
import { objectsOf, own, textOf, textsOf } from './values.js'
import type { Owned } from './world.js'

/** Policies whose text is known, and names of those whose text is not in the project. */
export interface Granted {
  readonly policies: readonly ProjectPolicy[]
  readonly managed: readonly string[]
}

/** The role that a function runs as; null with a note when it is not in the project. */
export function roleOf(stack: Stack, resource: Resource, resolver: Resolver): ProjectRole | null {
  const given = resource.properties['Role']
  if (given === undefined) return resource.type === 'AWS::Serverless::Function' ? madeBySam(stack, resource, resolver) : null
  const arn = resolver.text(given)
  if (arn === undefined) return null
  const owned = stack.world.role(nameInArn(arn))
  if (owned === undefined) return resolver.unknown(`Role ${nameInArn(arn)} is not in the project`) ?? null
  const role = readRole(owned, resolver)
  const connectors = connectorPolicies(stack, resource, resolver)
  return connectors.length === 0 ? role : { ...role, policies: [...role.policies, ...connectors] }
}

/** A role that the project makes, with the policies that are attached to it anywhere. */
function readRole({ stack, resource }: Owned, asked: Resolver): ProjectRole {
  const resolver = stack.resolver(asked.notes)
  const { id, properties } = resource
  const name = resolver.text({ Ref: id }) ?? id
  if (properties['PermissionsBoundary'] !== undefined)
    resolver.unknown(`Role ${id} has a permissions boundary, which is not applied`)
  const inline = objectsOf(resolver.value(properties['Policies'])).map((policy) => namedPolicy(stack, resource, policy))
  const managed = splitManaged(stack, textsOf(resolver.value(properties['ManagedPolicyArns'])), resolver)
  const attached = stack.world.attachedTo(name).map((policy) => ofResource(policy, resolver))
  return { name: id, policies: [...inline, ...managed.policies, ...attached], managed: managed.managed, at: resource.at }
}

function namedPolicy(stack: Stack, role: Resource, policy: JsonObject): ProjectPolicy {
  const name = textOf(policy['PolicyName']) ?? role.id
  return { name, document: own(policy, 'PolicyDocument') ?? {}, at: stack.place(policy, role.at) }
}

/** AWS::IAM::Policy, RolePolicy or ManagedPolicy, which stand by themselves. */
function ofResource({ stack, resource }: Owned, asked: Resolver): ProjectPolicy {
  const { id, properties, at: place } = resource
  const document = stack.resolver(asked.notes).value(properties['PolicyDocument']) ?? {}
  return { name: textOf(stack.resolve(properties['PolicyName'] ?? properties['ManagedPolicyName'])) ?? id, document, at: place }
}

/** Managed policies by ARN or name: those that the project makes have a text. */
export function splitManaged(stack: Stack, names: readonly string[], resolver: Resolver): Granted {
  const own = names.map((name) => stack.world.managedPolicy(name))
  return {
    policies: own.flatMap((owned) => (owned === undefined ? [] : [ofResource(owned, resolver)])),
    managed: names.filter((_, i) => own[i] === undefined),
  }
}

/** Without `Role`, SAM makes one of `Policies` and of what the function's settings need. */
function madeBySam(stack: Stack, resource: Resource, resolver: Resolver): ProjectRole {
  const { id, properties } = resource
  if (properties['PermissionsBoundary'] !== undefined)
    resolver.unknown(`Role ${id}Role has a permissions boundary, which is not applied`)
  const granted = samPolicies(stack, resource, resolver)
  const attached = stack.world.attachedTo(stack.standardName(`${id}Role`)).map((policy) => ofResource(policy, resolver))
  const connectors = connectorPolicies(stack, resource, resolver)
  return {
    name: `${id}Role`,
    policies: [...granted.policies, ...attached, ...connectors],
    managed: granted.managed,
    at: resource.at,
  }
}

/** A document of one statement, for what SAM writes by itself. */
export const allow = (action: readonly string[], resource: Json): Json => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
})
