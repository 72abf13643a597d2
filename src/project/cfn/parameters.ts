import type { Json, JsonObject } from '../../model/index.js'
import { ACCOUNT, arn, PARTITION, REGION } from './account.js'
import { entriesOf, listOf, own, textOf } from './values.js'

/** A parameter's value, or why it has none. */
export type Parameter = { readonly value: Json } | { readonly why: string }

/** Declared parameters: what the user gives, else the default. */
export function parametersOf(sections: JsonObject, given: Readonly<Record<string, string>>): ReadonlyMap<string, Parameter> {
  return new Map(
    entriesOf(own(sections, 'Parameters')).map(([name, declared]) => {
      const type = textOf(own(declared, 'Type')) ?? 'String'
      return [name, parameter(name, type, own(declared, 'Default'), Object.hasOwn(given, name) ? given[name] : undefined)]
    }),
  )
}

function parameter(name: string, type: string, standard: Json | undefined, given: string | undefined): Parameter {
  // What is given or the default is only the name of the SSM parameter, which holds the value.
  if (type.startsWith('AWS::SSM::Parameter::Value')) return { why: `Parameter ${name} is read from the SSM parameter store` }
  const value = given ?? (Array.isArray(standard) ? listOf(standard).map(textOf).join(',') : textOf(standard))
  if (value === undefined) return { why: `Parameter ${name} has no default` }
  if (type !== 'CommaDelimitedList' && !type.startsWith('List<')) return { value }
  return { value: value === '' ? [] : value.split(',').map((entry) => entry.trim()) }
}

/** Pseudo parameters; undefined for AWS::NoValue and for what is none. */
export function pseudoParameter(name: string, stackName: string): Json | undefined {
  switch (name) {
    case 'AWS::Region':
      return REGION
    case 'AWS::AccountId':
      return ACCOUNT
    case 'AWS::Partition':
      return PARTITION
    case 'AWS::URLSuffix':
      return 'amazonaws.com'
    case 'AWS::StackName':
      return stackName
    case 'AWS::StackId':
      return arn('cloudformation', `stack/${stackName}/00000000-0000-0000-0000-000000000000`)
    case 'AWS::NotificationARNs':
      return []
    default:
      return undefined
  }
}
