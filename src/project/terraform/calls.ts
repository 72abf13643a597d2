import { isJsonObject, type Json } from '../../model/index.js'
import { unknownValue } from '../unknown-value.js'
import { loadYaml } from '../yaml.js'
import { evaluateText, holdsSymbols, isSymbolic, isUnknown, MORE, type Names } from './evaluate.js'

type Call = (inputs: readonly Json[], names: Names) => Json | undefined

/** Carries out one of Terraform's functions; one that we do not have, or whose inputs are not known yet, has no value. */
export function call(name: string, inputs: readonly Json[], names: Names): Json {
  const known = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined
  if (known === undefined) return unknownValue(`${name}() is not carried out`)
  return known(inputs, names) ?? inputs.find(isUnknown) ?? unknownValue(`${name}() depends on what is deployed`)
}

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined

const list = (value: Json | undefined): readonly Json[] | undefined =>
  Array.isArray(value) ? (value as readonly Json[]) : undefined

/** A function of texts, where all of them are known. */
const ofTexts =
  (make: (...texts: string[]) => Json): Call =>
  (inputs) => {
    const texts = inputs.map(text)
    return texts.includes(undefined) ? undefined : make(...(texts as string[]))
  }

const flat = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]).flatMap(flat) : [value])
const distinct = (values: readonly Json[]): Json => [...new Map(values.map((each) => [JSON.stringify(each), each])).values()]
const concat: Call = (inputs) => inputs.flatMap((each) => list(each) ?? [each])
const first: Call = ([value]) => (isSymbolic(value ?? null) ? undefined : value)

/** Later mappings win. One that is not known leaves a mark: what else there is still counts. */
const merge: Call = (inputs) =>
  Object.fromEntries(
    inputs.flatMap((each): [string, Json][] => {
      if (each === null || !isJsonObject(each)) return []
      return isSymbolic(each) ? [[MORE, each]] : Object.entries(each)
    }),
  )

const lookup: Call = ([mapping, key, otherwise]) => {
  const name = text(key)
  if (!isJsonObject(mapping) || isSymbolic(mapping) || name === undefined) return otherwise
  return Object.hasOwn(mapping, name) ? mapping[name] : otherwise
}

const join: Call = ([separator, values]) => {
  const parts = list(values)
  const by = text(separator)
  if (parts === undefined || by === undefined) return undefined
  if (!parts.some(holdsSymbols)) return parts.map((part) => text(part) ?? '').join(by)
  return { 'Fn::Join': [by, parts] }
}

/** `%s`, `%d` and `%v`; where a value is only known later, CloudFormation's reader joins the parts. */
const format: Call = ([template, ...values]) => {
  if (typeof template !== 'string') return undefined
  let next = 0
  const parts = template.split(/(%%|%[-+0-9.]*[a-zA-Z])/).map((part): Json => {
    if (part === '%%') return '%'
    return /^%[-+0-9.]*[a-zA-Z]$/.test(part) ? (values[next++] ?? '') : part
  })
  return parts.some(holdsSymbols) ? { 'Fn::Join': ['', parts] } : parts.map((part) => text(part) ?? JSON.stringify(part)).join('')
}

/** A text of JSON. With references in it, it stays an object until they are resolved. */
const jsonencode: Call = ([value = null]) => (holdsSymbols(value) ? { 'Fn::ToJsonString': value } : JSON.stringify(value))

const jsondecode: Call = ([value]) => {
  if (isJsonObject(value) && value['Fn::ToJsonString'] !== undefined) return value['Fn::ToJsonString']
  return typeof value === 'string' ? decoded(value) : undefined
}

/** JSON is YAML, and so both are read alike. */
function decoded(source: string): Json | undefined {
  try {
    return (loadYaml(source).value ?? null) as Json
  } catch {
    return undefined // Said as what it is: a value that is not known.
  }
}

const templatefile: Call = ([file, variables], names) => {
  const source = typeof file === 'string' ? names.readFile(file) : undefined
  if (source === undefined || !isJsonObject(variables)) return undefined
  return evaluateText(source, { ...names, find: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined) })
}

const file: Call = ([name], names) => (typeof name === 'string' ? names.readFile(name) : undefined)

const slice: Call = ([values, from, to]) => list(values)?.slice(Number(from), Number(to))

const CALLS: Readonly<Record<string, Call>> = {
  jsonencode,
  jsondecode,
  yamldecode: ([source]) => (typeof source === 'string' ? decoded(source) : undefined),
  yamlencode: jsonencode,
  file,
  templatefile,
  join,
  format,
  concat,
  merge,
  lookup,
  slice,
  toset: ([value]) => (list(value) === undefined ? undefined : distinct(list(value)!)),
  distinct: ([value]) => (list(value) === undefined ? undefined : distinct(list(value)!)),
  tolist: first,
  tomap: first,
  tostring: ([value]) => text(value),
  tonumber: ([value]) => (text(value) === undefined ? undefined : Number(value)),
  tobool: ([value]) => (typeof value === 'boolean' ? value : text(value) === undefined ? undefined : value === 'true'),
  sensitive: first,
  nonsensitive: first,
  one: ([value]) => ((list(value)?.length ?? 0) > 0 ? list(value)![0] : list(value) === undefined ? undefined : null),
  element: ([values, index]) => list(values)?.[Number(index) % (list(values)!.length || 1)],
  index: ([values, value]) => list(values)?.findIndex((each) => JSON.stringify(each) === JSON.stringify(value)),
  contains: ([values, value]) =>
    list(values) === undefined || isSymbolic(value ?? null)
      ? undefined
      : list(values)!.some((each) => text(each) === text(value)),
  keys: ([mapping]) => (isJsonObject(mapping) && !isSymbolic(mapping) ? Object.keys(mapping).sort() : undefined),
  values: ([mapping]) =>
    isJsonObject(mapping) && !isSymbolic(mapping)
      ? Object.keys(mapping)
          .sort()
          .map((key) => mapping[key]!)
      : undefined,
  length: ([value]) =>
    isSymbolic(value ?? null)
      ? undefined
      : typeof value === 'string'
        ? value.length
        : isJsonObject(value)
          ? Object.keys(value).length
          : list(value)?.length,
  flatten: ([value]) => (list(value) === undefined ? undefined : flat(value!)),
  compact: ([value]) => list(value)?.filter((each) => each !== null && each !== ''),
  coalescelist: (inputs) => inputs.find((each) => (list(each)?.length ?? 0) > 0),
  zipmap: ([keys, values]) =>
    Object.fromEntries((list(keys) ?? []).map((key, index) => [String(key), list(values)?.[index] ?? null])),
  setunion: (inputs) => distinct(inputs.flatMap((each) => list(each) ?? [])),
  range: (inputs) => {
    const [from, to] = inputs.length > 1 ? inputs.map(Number) : [0, Number(inputs[0])]
    return Array.from({ length: Math.min(1000, Math.max(0, to! - from!)) || 0 }, (_, index) => from! + index)
  },
  lower: ofTexts((value) => value.toLowerCase()),
  upper: ofTexts((value) => value.toUpperCase()),
  title: ofTexts((value) => value.replaceAll(/\b\w/g, (sign) => sign.toUpperCase())),
  trimspace: ofTexts((value) => value.trim()),
  trimprefix: ofTexts((value, prefix = '') => (value.startsWith(prefix) ? value.slice(prefix.length) : value)),
  trimsuffix: ofTexts((value, suffix = '') => (suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value)),
  substr: ofTexts((value, from = '0', length = '-1') =>
    Number(length) < 0 ? value.slice(Number(from)) : value.substr(Number(from), Number(length)),
  ),
  split: ofTexts((by, value = '') => value.split(by)),
  basename: ofTexts((value) => value.split('/').at(-1)!),
  dirname: ofTexts((value) => value.split('/').slice(0, -1).join('/') || '.'),
  abspath: ofTexts((value) => value),
  pathexpand: ofTexts((value) => value),
  // A pattern is the project's: only plain texts are replaced, so that none can run for ever.
  replace: ofTexts((value, what = '', by = '') =>
    what.startsWith('/') && what.endsWith('/') && what.length > 1 ? value : value.replaceAll(what, () => by),
  ),
  startswith: ofTexts((value, prefix = '') => value.startsWith(prefix)),
  endswith: ofTexts((value, suffix = '') => value.endsWith(suffix)),
  max: (inputs) => Math.max(...inputs.map(Number)),
  min: (inputs) => Math.min(...inputs.map(Number)),
  ceil: ([value]) => Math.ceil(Number(value)),
  floor: ([value]) => Math.floor(Number(value)),
  base64encode: ofTexts((value) => Buffer.from(value).toString('base64')),
  base64decode: ofTexts((value) => Buffer.from(value, 'base64').toString()),
}
