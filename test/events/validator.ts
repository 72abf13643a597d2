import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { sourceOf } from '#src/events/index.js'
import type { SourceId } from '#src/model/index.js'

const ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false, allErrors: true })

/** Judges events of a source by its schema, outside the product. */
export const validatorOf = (id: SourceId): ValidateFunction => {
  const { $id: _id, ...schema } = sourceOf(id).schema
  return ajv.compile(schema)
}
