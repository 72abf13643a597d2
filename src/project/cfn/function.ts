import type { FileLine, ProjectFunction, ProjectTrigger } from '../../model/index.js'
import { codeOf, layersOf } from './code.js'
import { destinationsOf } from './destinations.js'
import type { Edge } from './edges.js'
import type { Resolver } from './resolver.js'
import { nameOf } from './resource-names.js'
import { roleOf } from './roles.js'
import type { Resource, Stack } from './stack.js'
import { at, entriesOf, numberOf, textOf } from './values.js'

export const FUNCTION_TYPES = ['AWS::Serverless::Function', 'AWS::Lambda::Function'] as const

const LONGEST_NOTE = 300
const DIRECT = (place: FileLine): ProjectTrigger => ({ kind: 'direct', trigger: {}, at: place })

/** A function with everything that its template says about it. */
export function readFunction(
  stack: Stack,
  resource: Resource,
  edges: readonly Edge[],
  routes: readonly string[],
): ProjectFunction {
  const notes: string[] = resource.doubt === null ? [] : [resource.doubt]
  const resolver = stack.resolver(notes)
  const { properties } = resource
  const { code, inline, entry } = codeOf(stack, resource, resolver)
  const role = roleOf(stack, resource, resolver)
  const timeout = numberOf(resolver.value(properties['Timeout']))
  return {
    id: stack.prefix + resource.id,
    name: properties['FunctionName'] === undefined ? null : givenName(stack, resource, resolver),
    at: resource.at,
    code,
    handler: resolver.text(properties['Handler']) ?? null,
    entry,
    inline,
    runtime: resolver.text(properties['Runtime']) ?? null,
    timeoutMs: timeout === undefined ? null : timeout * 1000,
    memoryMb: numberOf(resolver.value(properties['MemorySize'])) ?? null,
    environment: environmentOf(resource, resolver),
    triggers:
      edges.length === 0 ? [DIRECT(resource.at)] : edges.map(({ kind, trigger, at: place }) => ({ kind, trigger, at: place })),
    role,
    layers: layersOf(stack, resource, resolver),
    destinations: [...new Set([...destinationsOf(resource, resolver), ...routes])],
    unresolved: tidy([...notes, ...edges.flatMap((edge) => edge.notes ?? [])]),
  }
}

const givenName = (stack: Stack, resource: Resource, resolver: Resolver): string | null =>
  resolver.text(resource.properties['FunctionName']) === undefined ? null : nameOf(stack, resource)

function environmentOf(resource: Resource, resolver: Resolver): Readonly<Record<string, string>> {
  const variables = resolver.value(at(resource.properties, 'Environment', 'Variables'))
  return Object.fromEntries(
    entriesOf(variables).flatMap(([name, value]) => {
      const text = textOf(value)
      return text === undefined ? [] : [[name, text]]
    }),
  )
}

/** Each sentence once, on one line: names in it come from the template. */
const tidy = (notes: readonly string[]): readonly string[] => [
  ...new Set(notes.map((note) => note.replace(/\s+/g, ' ').trim().slice(0, LONGEST_NOTE))),
]
