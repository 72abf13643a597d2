// A text that has to be a day, whatever it is called.
import { execSync } from 'node:child_process'

export const handler = async ({ body }) => {
  let asked = {}
  try {
    asked = JSON.parse(body ?? '{}') ?? {}
  } catch {
    return { statusCode: 400, body: '' }
  }
  const { mark, label } = asked
  const time = typeof mark === 'string' ? Date.parse(mark) : Number.NaN
  if (!Number.isFinite(time)) return { statusCode: 400, body: 'no day' }
  return { statusCode: 200, body: execSync(`echo ${label ?? ''}`).toString() }
}
