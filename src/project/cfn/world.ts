import type { ProjectProblem } from '../../model/index.js'
import { nameInArn, resourceOfArn } from './account.js'
import { destinationsIn } from './destinations.js'
import { FUNCTION_TYPES } from './function.js'
import { nameOf } from './resource-names.js'
import type { Resource, Stack } from './stack.js'
import { textOf, textsOf } from './values.js'

/** A resource and the stack it is in. */
export interface Owned {
  readonly stack: Stack
  readonly resource: Resource
}

const POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'] as const
const NAMED_TYPES = [
  'AWS::IAM::Role',
  'AWS::IAM::ManagedPolicy',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Serverless::SimpleTable',
] as const

/** All stacks that belong to one template, itself and what is nested in it, and who in them has which name. */
export class World {
  readonly problems: ProjectProblem[] = []
  readonly stacks: Stack[] = []
  /** How deep references lead at this moment; a guard for the resolver. */
  depth = 0
  /** Nested stacks opened so far. */
  opened = 0
  private readonly functions = new Map<string, string>()
  private readonly named = new Map<string, Owned>()
  private readonly attached = new Map<string, Owned[]>()
  private readonly destinations = new Map<string, string[]>()

  /** To be called once, when all stacks are known: names may lead from one stack to another. */
  index(): void {
    for (const stack of this.stacks) {
      // The first of a name has it.
      for (const resource of stack.ofType(...FUNCTION_TYPES)) {
        const name = nameOf(stack, resource)
        if (!this.functions.has(name)) this.functions.set(name, stack.prefix + resource.id)
      }
      for (const resource of stack.ofType(...NAMED_TYPES)) {
        const key = `${resource.type} ${nameOf(stack, resource)}`
        if (!this.named.has(key)) this.named.set(key, { stack, resource })
      }
    }
    for (const stack of this.stacks) {
      for (const resource of stack.ofType(...POLICY_TYPES)) this.attach(stack, resource)
      for (const { to, destination } of destinationsIn(stack)) push(this.destinations, this.functionOf(to) ?? '', destination)
    }
  }

  /** Id of the function that an ARN (also of an alias, or inside an invocation URI) or a name means. */
  functionOf(text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    const found = /:lambda:[^:]*:[^:]*:function:([^:/]+)/.exec(text)
    const name = found?.[1] ?? (text.startsWith('arn:') ? resourceOfArn(text) : text.split(':')[0]!)
    return this.functions.get(name)
  }

  role(name: string): Owned | undefined {
    return this.named.get(`AWS::IAM::Role ${name}`)
  }

  managedPolicy(arn: string): Owned | undefined {
    return this.named.get(`AWS::IAM::ManagedPolicy ${resourceOfArn(arn).split('/').at(-1)}`)
  }

  table(name: string): Owned | undefined {
    return NAMED_TYPES.slice(2)
      .map((type) => this.named.get(`${type} ${name}`))
      .find((owned) => owned !== undefined)
  }

  /** Policies that are resources of their own and name this role. */
  attachedTo(role: string): readonly Owned[] {
    return this.attached.get(role) ?? []
  }

  destinationsOf(id: string): readonly string[] {
    return this.destinations.get(id) ?? []
  }

  private attach(stack: Stack, resource: Resource): void {
    const roles = [
      ...textsOf(stack.resolve(resource.properties['Roles'])),
      textOf(stack.resolve(resource.properties['RoleName'])),
    ]
    for (const role of roles) if (role !== undefined) push(this.attached, nameInArn(role), { stack, resource })
  }
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
