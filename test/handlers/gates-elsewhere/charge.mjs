import { execSync } from 'node:child_process'
import Joi from 'joi'

const SCHEMAS = {
  'charge.made': Joi.object({
    chargeId: Joi.string()
      .pattern(/^ch_.{8,90}$/)
      .required(),
    cents: Joi.number().integer().min(1).max(1_000_000).required(),
  }),
  'charge.lost': Joi.object({ chargeId: Joi.string().required(), reason: Joi.string().valid('bank', 'fraud').required() }),
}

export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    const { type, data } = JSON.parse(body)
    if (!Object.hasOwn(SCHEMAS, type)) continue
    const { chargeId } = Joi.attempt(data, SCHEMAS[type], { stripUnknown: true })
    execSync(`echo ${chargeId}`)
  }
}
