import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { newAjv } from '../model/ajv.js'
import type { Json, JsonObject } from '../model/index.js'
import { OPTIONS } from './check-value.js'

/** One thing that a schema refuses in a value. */
export interface Violation {
  /** JSON pointer; the empty one is the whole value. */
  readonly pointer: string
  /** Keyword of JSON Schema 2020-12, such as `required`. */
  readonly keyword: string
  /** A sentence for people. */
  readonly message: string
}

const checks = new WeakMap<JsonObject, ValidateFunction>()

/** All that a schema refuses in a value; of alternatives, what the nearest one refuses. Empty for a valid value. */
export function violationsOf(schema: JsonObject, value: Json): readonly Violation[] {
  const check = checks.get(schema) ?? newAjv({ ...OPTIONS, allErrors: true }).compile(schema)
  checks.set(schema, check)
  if (check(value)) return []
  return nearest(check.errors ?? []).map(({ instancePath, keyword, message, params }) => ({
    pointer: instancePath,
    keyword,
    message: `${instancePath === '' ? 'the event' : instancePath} ${message ?? 'is refused'}${detail(params)}`,
  }))
}

const detail = ({ allowedValue, allowedValues }: Readonly<Record<string, unknown>>): string =>
  allowedValue !== undefined
    ? `: ${JSON.stringify(allowedValue)}`
    : Array.isArray(allowedValues)
      ? `: ${JSON.stringify(allowedValues)}`
      : ''

/** A wrong constant or word says that another alternative was meant. */
const WEIGHTS: Readonly<Record<string, number>> = { const: 100, enum: 2 }

/** How far a value is from an alternative: places where something is wrong, each once. */
function distance(errors: readonly ErrorObject[]): number {
  const worst = new Map<string, number>()
  for (const { instancePath, keyword } of errors)
    worst.set(instancePath, Math.max(worst.get(instancePath) ?? 0, WEIGHTS[keyword] ?? 1))
  return [...worst.values()].reduce((sum, one) => sum + one, 0)
}

/** Of each choice, only what its nearest branch says. */
function nearest(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choice = errors
    .filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
    .sort((a, b) => a.schemaPath.length - b.schemaPath.length)[0]
  if (choice === undefined) return errors
  const branchOf = (error: ErrorObject): string | undefined =>
    error !== choice && error.schemaPath.startsWith(`${choice.schemaPath}/`) && error.instancePath.startsWith(choice.instancePath)
      ? error.schemaPath.slice(choice.schemaPath.length + 1).split('/')[0]
      : undefined
  const branches = new Map<string, readonly ErrorObject[]>()
  for (const error of errors) {
    const branch = branchOf(error)
    if (branch !== undefined) branches.set(branch, [...(branches.get(branch) ?? []), error])
  }
  const [best] = [...branches].map(([branch, own]) => [branch, distance(own)] as const).sort(([, a], [, b]) => a - b)[0] ?? []
  return nearest(errors.filter((error) => error !== choice && [undefined, best].includes(branchOf(error))))
}
