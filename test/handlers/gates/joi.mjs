import { execSync } from 'node:child_process'
import Joi from 'joi'

const schema = Joi.object({
  user: Joi.string().min(3).required(),
  role: Joi.string().valid('guest', 'staff').required(),
  port: Joi.number().min(1024).required(),
})
const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const { error, value } = schema.validate(JSON.parse(event.body || '{}'))
  if (!error && value.role === 'staff') SINK(value.user)
  return { statusCode: 200, body: 'ok' }
}
