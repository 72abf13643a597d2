import { createRequire } from 'node:module'
import type { Ajv2020, Options } from 'ajv/dist/2020.js'

let known: typeof Ajv2020 | undefined

/** A validator of JSON Schema 2020-12. Ajv is loaded with the first one: 40 ms that much of what the CLI does can go without. */
export function newAjv(options: Options): Ajv2020 {
  known ??= (createRequire(import.meta.url)('ajv/dist/2020.js') as { Ajv2020: typeof Ajv2020 }).Ajv2020
  return new known(options)
}
