// The schemas of the SDK have lost which texts are enums: its type declarations still say so.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// The state in which a function carries on, best first
const LIKED =
  /^(active|succeeded|success|successful|completed?|available|enabled|finished|issued|ready|in_?service|running|created?|deployed|ok|done|healthy|confirmed|user|string|standard)$/i
const ORDER = [
  'active',
  'succeeded',
  'success',
  'successful',
  'complete',
  'completed',
  'available',
  'inservice',
  'in_service',
  'finished',
]

/** `Structure.Member` -> the value to answer with, for each member of an enum type of the client in this folder. */
export function chooseValues(root) {
  const folder = join(root, 'dist-types/models')
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.d.ts'))
    .sort()
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))
  const enums = new Map(texts.flatMap(enumsIn))
  const found = texts.flatMap((text) => [...text.matchAll(/export interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)])
  const members = found.flatMap(([, owner, body]) =>
    [...body.matchAll(/^ {4}(\w+)\??: (\w+)(?: \| undefined)?;$/gm)].map(([, name, type]) => [
      `${owner}.${name}`,
      enums.get(type),
    ]),
  )
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}

function enumsIn(text) {
  return [...text.matchAll(/export declare const (\w+): \{([^}]*)\}/g)].map(([, name, body]) => [
    name,
    choose([...body.matchAll(/: "([^"]*)"/g)].map(([, value]) => value)),
  ])
}

function choose(values) {
  const rank = (value) => {
    const at = ORDER.indexOf(value.toLowerCase())
    return at < 0 ? ORDER.length : at
  }
  const liked = values.filter((value) => LIKED.test(value)).sort((a, b) => rank(a) - rank(b))
  return liked[0] ?? values.find((value) => /_(complete|completed|succeeded|active)$/i.test(value)) ?? values[0]
}
