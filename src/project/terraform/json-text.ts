import { isJsonObject, type Json } from '../../model/index.js'
import { loadYaml } from '../yaml.js'

/** What a JSON (or YAML) text holds; references inside the text stay references. Undefined where it cannot be read. */
export function jsonOf(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return parsed(value)
  if (!isJsonObject(value)) return value
  if (value['Fn::ToJsonString'] !== undefined) return value['Fn::ToJsonString']
  const joined = value['Fn::Join']
  return Array.isArray(joined) ? ofParts(joined[1] as Json) : value
}

/** A text in parts, some of them references: each gets a sign that no text has, and is put back where the sign stands. */
function ofParts(parts: Json): Json | undefined {
  if (!Array.isArray(parts)) return undefined
  const symbols: Json[] = []
  const text = (parts as readonly Json[])
    .map((part) => (typeof part === 'object' && part !== null ? `\uE000${symbols.push(part) - 1}\uE001` : String(part)))
    .join('')
  const found = parsed(text)
  return found === undefined ? undefined : putBack(found, symbols)
}

function putBack(value: Json, symbols: readonly Json[]): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => putBack(each, symbols))
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, putBack(each, symbols)]))
  if (typeof value !== 'string' || !value.includes('\uE000')) return value
  const parts = value
    .split(/\uE000(\d+)\uE001/)
    .map((part, index): Json => (index % 2 === 0 ? part : (symbols[Number(part)] ?? '')))
  const full = parts.filter((part) => part !== '')
  return full.length === 1 ? full[0]! : { 'Fn::Join': ['', full] }
}

function parsed(text: string): Json | undefined {
  try {
    const value = loadYaml(text).value as Json
    return typeof value === 'object' ? value : undefined
  } catch {
    return undefined // The caller says what could not be read.
  }
}
