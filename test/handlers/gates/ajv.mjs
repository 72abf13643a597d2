import { execSync } from 'node:child_process'
import { Ajv } from 'ajv'

const validate = new Ajv().compile({
  type: 'object',
  required: ['kind', 'level', 'text'],
  additionalProperties: false,
  properties: { kind: { enum: ['note', 'page'] }, level: { type: 'integer', minimum: 5 }, text: { type: 'string' } },
})
const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const body = JSON.parse(event.body || '{}')
  if (validate(body) && body.kind === 'page') SINK(body.text)
  return { statusCode: 200, body: 'ok' }
}
