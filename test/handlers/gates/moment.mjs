import { execSync } from 'node:child_process'
import { z } from 'zod'

const SINK = (x) => execSync('echo ' + x)
const Booking = z.object({
  startsAt: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
  room: z.string().regex(/^room_.{2,80}$/),
})

export const handler = async ({ body }) => {
  const parsed = Booking.safeParse(JSON.parse(body ?? '{}'))
  if (!parsed.success) return { statusCode: 422, body: '' }
  const { startsAt, room } = parsed.data
  if (Number.isNaN(Date.parse(startsAt))) return { statusCode: 400, body: 'startsAt' }
  return { statusCode: 200, body: String(SINK(room)) }
}
