import { execSync } from 'node:child_process'
import { z } from 'zod'

const SINK = (x) => execSync('echo ' + x)
const Query = z.object({
  tenant: z.string().uuid(),
  search: z.string().max(200).optional(),
  page: z.coerce.number().int().min(1),
})
export const handler = async (event) => {
  const parsed = Query.safeParse(event.queryStringParameters ?? {})
  if (!parsed.success) return { statusCode: 400, body: 'no' }
  if (parsed.data.search) SINK(parsed.data.search)
  return { statusCode: 200, body: 'ok' }
}
