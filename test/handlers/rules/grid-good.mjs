const FINEST = 10_000

export async function handler({ queryStringParameters: query }) {
  const wanted = Number.parseInt(query?.points ?? '100', 10)
  if (Number.isNaN(wanted)) return { statusCode: 400, body: JSON.stringify({ message: `${query.points} is no number` }) }
  const points = Math.max(1, Math.min(wanted, FINEST))
  const grid = new Float64Array(points).map((_, i) => i / points)
  return { statusCode: 200, body: JSON.stringify({ of: query?.points ?? null, mean: grid.reduce((a, b) => a + b) / points }) }
}
