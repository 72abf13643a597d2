import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js'
import type { JsonObject } from './json.js'

/**
 * A check of one of the package's own schemas. They are tested against the meta-schema once, not in every run, and are used too
 * seldom for optimised code to pay: this way a start takes 0.3 s less.
 */
export const ownSchema = <T>(schema: JsonObject, options: Options = {}): ValidateFunction<T> =>
  new Ajv2020({
    strict: false,
    ownProperties: true,
    validateSchema: false,
    meta: false,
    code: { optimize: false },
    ...options,
  }).compile<T>(schema)
