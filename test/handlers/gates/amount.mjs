import { execSync } from 'node:child_process'
import Joi from 'joi'

const Sale = Joi.object({
  kind: Joi.string().valid('quote', 'sale', 'return').required(),
  till: Joi.string().min(1).max(200).required(),
  lines: Joi.array()
    .items(
      Joi.object({
        cents: Joi.number().integer().min(0).max(100_000).required(),
        count: Joi.number().integer().min(1).max(500).required(),
        gift: Joi.boolean(),
      }),
    )
    .min(1)
    .required(),
})
const SINK = (x) => execSync('echo ' + x)
const euros = (lines) =>
  Math.floor(lines.filter(({ gift }) => !gift).reduce((sum, { cents, count }) => sum + cents * count, 0) / 100)
export const handler = async (event) => {
  const { value, error } = Sale.validate(JSON.parse(event.body || '{}'))
  if (!error && value.kind === 'sale' && euros(value.lines) > 0) SINK(value.till)
  return { statusCode: 200, body: 'ok' }
}
