import { type CaseMaker, type Comparison, type Draft, getAt, type InsertionPoint, type Json, SLOT } from '../model/index.js'
import type { Answering } from './operands.js'

const BODY: InsertionPoint = { wire: '/body', control: 'attacker', encodings: [], kind: 'object' }
const TYPE = /^[a-z]+\/[\w.+-]+/i

/** Bodies of the type that a request is asked for, each with the header that says so. */
const BODIES: Readonly<Record<string, Json>> = {
  'application/json': { kind: 'json', value: {} },
  'application/x-www-form-urlencoded': { kind: 'form', fields: { id: SLOT, name: SLOT } },
  'multipart/form-data': { kind: 'multipart', name: 'file', filename: SLOT, text: SLOT },
  'text/plain': { kind: 'text', text: SLOT },
  'application/octet-stream': { kind: 'binary', text: SLOT },
}
/** Types that a body of text may say to be of: see schemas/wire/http.schema.json. */
const TEXTS = new Set([
  'application/xml',
  'text/xml',
  'text/csv',
  'text/html',
  'application/graphql',
  'application/x-ndjson',
  'application/yaml',
])

/** The function compares the type of the body with another one: a body of that type. Undefined for any other question. */
export function answeringType(maker: CaseMaker, draft: Draft, { text, op, other }: Comparison): Answering[] | undefined {
  const wanted = TYPE.exec(String(other))?.[0].toLowerCase()
  if (wanted === undefined || !TYPE.test(text) || getAt(draft.wire, '/body/kind') === undefined) return undefined
  if (!/^(?:[!=]==?|startsWith|includes|indexOf)$/.test(op) || text.toLowerCase().startsWith(wanted)) return []
  const body = BODIES[wanted] ?? (TEXTS.has(wanted) ? { kind: 'text', text: SLOT, type: wanted } : undefined)
  return body === undefined ? [] : [{ key: `/body as ${wanted}`, draft: maker.withValue(draft, BODY, body) }]
}
