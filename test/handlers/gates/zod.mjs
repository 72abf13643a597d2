import { execSync } from 'node:child_process'
import { z } from 'zod'

const Order = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ping') }),
  z.object({
    type: z.literal('ship'),
    address: z.string().min(3),
    email: z.email(),
    boxes: z.array(z.number().int().min(2)).min(1),
  }),
])
const SINK = (x) => execSync('echo ' + x)
export const handler = async (event) => {
  const parsed = Order.safeParse(JSON.parse(event.body || '{}'))
  if (parsed.success && parsed.data.type === 'ship') SINK(parsed.data.address)
  return { statusCode: 200, body: 'ok' }
}
