// TypeScript types of the events, made of schemas/events/: src/events/types/. `--check` writes nothing and fails where they differ.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const schemas = path.join(root, 'schemas/events')
const target = path.join(root, 'src/events/types')
const ids = readdirSync(schemas)
  .map((file) => file.replace('.schema.json', ''))
  .sort()

const pascal = (name) => name.replaceAll(/(?:^|-)(\w)/g, (_, sign) => sign.toUpperCase())
const literal = (value) =>
  typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : String(value)
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name))
const union = (types) => [...new Set(types)].join(' | ') || 'never'
const grouped = (type) => (/[|&]/.test(type) ? `(${type})` : type)
const SHORT = 80
const SCALARS = { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' }

function typeOf(schema, depth) {
  if (schema === true || schema === undefined) return 'Json'
  if (schema.$ref !== undefined) return pascal(schema.$ref.replace('#/$defs/', ''))
  if ('const' in schema) return literal(schema.const)
  if (schema.enum !== undefined) return union(schema.enum.map(literal))
  const branches = schema.anyOf ?? schema.oneOf
  const own = ownType(schema, depth)
  if (branches === undefined) return own
  const either = union(branches.map((branch) => typeOf(inherited(schema, branch), depth)))
  return schema.properties === undefined ? either : `${own} & ${grouped(either)}`
}

/** A branch that only asks for keys asks for those of the schema that it stands in. */
const inherited = (schema, branch) =>
  branch.type === undefined && branch.required !== undefined && branch.properties === undefined
    ? { type: 'object', properties: pick(schema.properties, branch.required), required: branch.required }
    : branch.type === undefined && branch.properties !== undefined
      ? { ...branch, type: 'object' }
      : branch

const pick = (properties, keys) => Object.fromEntries(keys.map((name) => [name, properties?.[name] ?? true]))

function ownType(schema, depth) {
  const types = [schema.type ?? (schema.properties === undefined ? 'any' : 'object')].flat()
  return union(
    types.map((type) => {
      if (type === 'object') return objectType(schema, depth)
      if (type === 'array') return arrayType(schema, depth)
      return SCALARS[type] ?? 'Json'
    }),
  )
}

const arrayType = (schema, depth) => {
  const item = grouped(typeOf(schema.items, depth))
  return schema.minItems === 1 && schema.maxItems === 1 ? `[${item}]` : `${item}[]`
}

function objectType(schema, depth) {
  const properties = Object.entries(schema.properties ?? {})
  if (properties.length > 1 && schema.minProperties === 1 && schema.maxProperties === 1)
    return union(properties.map(([name, child]) => `{ ${key(name)}: ${typeOf(child, depth)} }`))
  if (properties.length === 0)
    return schema.additionalProperties === false
      ? 'Record<string, never>'
      : `{ [name: string]: ${typeOf(schema.additionalProperties, depth)} }`
  const required = new Set(schema.required)
  const pad = '  '.repeat(depth + 1)
  const lines = properties.map(
    ([name, child]) =>
      `${pad}${comment(child)}${key(name)}${required.has(name) || child['x-filled'] ? '' : '?'}: ${fieldType(child, depth + 1)}`,
  )
  const short = `{ ${lines.map((line) => line.trim()).join('; ')} }`
  return short.length < SHORT && !/\n|\/\*/.test(short) ? short : `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
}

/** What the service always fills in is there, and is not null, in events of ours; the schema allows for older ones. */
function fieldType(schema, depth) {
  if (!schema['x-filled']) return typeOf(schema, depth)
  const type = Array.isArray(schema.type) ? schema.type.filter((one) => one !== 'null') : schema.type
  const branches = schema.anyOf?.filter((one) => one.type !== 'null')
  return typeOf({ ...schema, ...(type && { type }), ...(branches && { anyOf: branches }) }, depth)
}

/** What the schema says of a field, and who can choose what stands there. */
function comment(schema) {
  const control = schema['x-control']
  const who =
    control === 'attacker' || control === 'producer' ? `Chosen by the ${control === 'attacker' ? 'sender' : 'producer'}.` : ''
  const rare = schema['x-rare'] && `Not in generated events: ${schema['x-rare']}.`
  const text = [schema.description, who, rare].filter(Boolean).join(' ')
  return text === '' ? '' : `/** ${text.replaceAll('*/', '* /')} */ `
}

function fileOf(id) {
  const schema = JSON.parse(readFileSync(path.join(schemas, `${id}.schema.json`), 'utf8'))
  const used = new Set()
  const body = typeOf(schema, 0)
  const parts = []
  const follow = (text) => {
    for (const [name, part] of Object.entries(schema.$defs ?? {})) {
      if (used.has(name) || !new RegExp(`\\b${pascal(name)}\\b`).test(text)) continue
      used.add(name)
      const type = typeOf(part, 0)
      parts.push(`export type ${pascal(name)} = ${type}\n`)
      follow(type)
    }
  }
  follow(body)
  const event = `/** ${schema.title} */\nexport type ${pascal(id)}Event = ${body}\n`
  const text = [event, ...parts].join('\n')
  const imports = /\bJson\b/.test(text) ? `import type { Json } from '../../model/index.js'\n\n` : ''
  return `// Made by scripts/build-event-types.mjs of schemas/events/${id}.schema.json\n${imports}${text}`
}

const index = () =>
  [
    '// Made by scripts/build-event-types.mjs',
    ...ids.map((id) => `import type { ${pascal(id)}Event } from './${id}.js'`),
    '',
    ...ids.map((id) => `export type { ${pascal(id)}Event }`),
    '',
    '/** The event of each source. */',
    'export interface EventTypes {',
    ...ids.map((id) => `  ${key(id)}: ${pascal(id)}Event`),
    '}',
    '',
  ].join('\n')

const files = new Map([...ids.map((id) => [`${id}.ts`, fileOf(id)]), ['index.ts', index()]])
const differ = [...files].filter(([name, text]) => {
  const file = path.join(target, name)
  return !existsSync(file) || readFileSync(file, 'utf8') !== text
})
const stale = existsSync(target) ? readdirSync(target).filter((name) => !files.has(name)) : []
if (process.argv.includes('--check')) {
  for (const name of [...differ.map(([name]) => name), ...stale])
    console.log(`src/events/types/${name} is not what its schema says`)
  process.exitCode = differ.length + stale.length > 0 ? 1 : 0
} else {
  mkdirSync(target, { recursive: true })
  for (const [name, text] of differ) writeFileSync(path.join(target, name), text)
}
