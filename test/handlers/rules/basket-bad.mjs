import { randomUUID } from 'node:crypto'

const lines = []

/** Prices a basket and answers with a quote. */
export const handler = async (event) => {
  const { items, note } = json(event.body)
  if (!Array.isArray(items) || items.length === 0) return answer(400, { error: 'items are missing' })
  for (const { sku, count = 1 } of items.filter((one) => typeof one?.sku === 'string')) {
    lines.push({ sku, count: Number(count) || 1, price: sku.length * 100 })
  }
  const total = lines.reduce((sum, { count, price }) => sum + count * price, 0)
  return answer(200, { quote: randomUUID(), note: String(note ?? ''), lines, total })
}

const answer = (statusCode, value) => ({ statusCode, body: JSON.stringify(value) })

function json(text) {
  try {
    return JSON.parse(text ?? '{}') ?? {}
  } catch {
    return {}
  }
}
