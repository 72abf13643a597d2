import type { JsonObject } from '../../../model/index.js'

/** Variables with their defaults. */
export const variables = (defaults: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, { default: value }]))

/** Outputs by the expression that gives them. */
export const outputs = (values: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(Object.entries(values).map(([name, source]) => [name, { value: `\${${source}}` }]))

/** An expression as a value. */
export const use = (source: string): string => `\${${source}}`
