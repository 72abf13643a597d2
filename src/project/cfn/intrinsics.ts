import { isJsonObject, type Json } from '../../model/index.js'
import { REGION } from './account.js'
import { conditionOf } from './conditions.js'
import { include } from './include.js'
import { attributeOf, referenceTo } from './references.js'
import type { Resolver } from './resolver.js'
import { listOf, numberOf, own, textOf } from './values.js'

type Intrinsic = (argument: Json, resolver: Resolver) => Json | undefined

const MOST_SIGNS = 1024 * 1024

/** CloudFormation's functions, each given its unresolved argument. */
export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, resolver) => referenceTo(textOf(name) ?? '', resolver),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::ImportValue': (name, resolver) =>
    resolver.unknown(`Fn::ImportValue ${resolver.text(name) ?? ''} comes from another stack`),
  'Fn::Base64': (text, resolver) => {
    const found = resolver.text(text)
    return found === undefined ? undefined : Buffer.from(found).toString('base64')
  },
  'Fn::Cidr': (_, resolver) => resolver.unknown('Fn::Cidr is not computed'),
  'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => REGION + zone),
  'Fn::Transform': include,
  'Fn::Length': (list, resolver) => {
    const found = resolver.whole(list)
    return Array.isArray(found) ? found.length : undefined
  },
  'Fn::ToJsonString': (value, resolver) => {
    const found = resolver.whole(value)
    return found === undefined ? undefined : JSON.stringify(found)
  },
}

function getAtt(argument: Json, resolver: Resolver): Json | undefined {
  if (typeof argument === 'string') return attributeOf(argument, resolver)
  const [id, ...parts] = listOf(argument)
  const attribute = parts.map((part) => resolver.text(part))
  if (attribute.includes(undefined)) return undefined
  return attributeOf([textOf(id) ?? '', ...attribute].join('.'), resolver)
}

function sub(argument: Json, resolver: Resolver): Json | undefined {
  const [template, variables] = listOf(argument)
  if (typeof template !== 'string') return resolver.unknown('Fn::Sub has no text')
  let known = true
  const text = template.replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
    const name = inner.trim()
    if (name.startsWith('!')) return `\${${name.slice(1)}}`
    const value = textOf(variable(name, variables, resolver))
    if (value === undefined) known = false
    return value ?? ''
  })
  return known ? bounded(text, resolver) : undefined
}

function variable(name: string, variables: Json | undefined, resolver: Resolver): Json | undefined {
  const given = own(variables, name)
  const before = resolver.notes.length
  const value =
    given !== undefined ? resolver.value(given) : name.includes('.') ? attributeOf(name, resolver) : referenceTo(name, resolver)
  if (textOf(value) === undefined && resolver.notes.length === before) resolver.unknown(`\${${name}} is no text`)
  return value
}

function join(argument: Json, resolver: Resolver): Json | undefined {
  const [separator, list] = listOf(argument)
  const parts = resolver.whole(list)
  if (!Array.isArray(parts)) return undefined
  const texts = (parts as readonly Json[]).map(textOf)
  if (texts.includes(undefined)) return resolver.unknown('Fn::Join has a part that is no text')
  return bounded(texts.join(textOf(separator) ?? ''), resolver)
}

const bounded = (text: string, resolver: Resolver): string | undefined =>
  text.length > MOST_SIGNS ? resolver.unknown('A text is longer than 1 MiB') : text

function choose(argument: Json, resolver: Resolver): Json | undefined {
  const [condition, yes, no] = listOf(argument)
  const name = isJsonObject(condition) ? (textOf(own(condition, 'Condition')) ?? '') : (textOf(condition) ?? '')
  const truth = conditionOf(resolver.stack, name)
  if (truth === undefined) return resolver.unknown(`Condition ${name} cannot be decided`)
  return resolver.value(truth ? yes : no)
}

function findInMap(argument: Json, resolver: Resolver): Json | undefined {
  const [map, first, second, options] = listOf(argument)
  const keys = [map, first, second].map((key) => resolver.text(key))
  if (keys.includes(undefined)) return undefined
  const [name, one, two] = keys as [string, string, string]
  const found = own(own(own(own(resolver.stack.sections, 'Mappings'), name), one), two)
  const standard = own(options, 'DefaultValue')
  if (found === undefined && standard === undefined) return resolver.unknown(`Mappings has no ${name}.${one}.${two}`)
  return resolver.value(found ?? standard)
}

function select(argument: Json, resolver: Resolver): Json | undefined {
  const [index, list] = listOf(argument)
  const position = numberOf(resolver.value(index))
  const entries = resolver.whole(list)
  if (position === undefined || !Array.isArray(entries)) return undefined
  const found = (entries as readonly Json[])[position]
  return found === undefined ? resolver.unknown(`Fn::Select: there is no entry ${position}`) : found
}

function split(argument: Json, resolver: Resolver): Json | undefined {
  const [separator, text] = listOf(argument)
  const found = resolver.text(text)
  const by = textOf(separator)
  return found === undefined || by === undefined || by === '' ? undefined : found.split(by)
}
