import type { Options, ValidateFunction } from 'ajv/dist/2020.js'
import { newAjv } from './ajv.js'
import type { JsonObject } from './json.js'

/**
 * A check of one of the package's own schemas. They are tested against the meta-schema once, not in every run, and are used too
 * seldom for optimised code to pay: this way a start takes 0.3 s less.
 */
export const ownSchema = <T>(schema: JsonObject, options: Options = {}): ValidateFunction<T> =>
  newAjv({
    strict: false,
    ownProperties: true,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
    ...options,
  }).compile<T>(schema)
