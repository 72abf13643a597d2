/** A grid of points for the map, as fine as the client asks. */
export const handler = async (event) => {
  const { points } = event.queryStringParameters ?? {}
  const size = Number(points)
  if (!(size > 0)) return { statusCode: 400, body: 'points is missing' }
  const grid = Array.from({ length: size }, (_, i) => i / size)
  const sum = grid.reduce((all, one) => all + one, 0)
  return { statusCode: 200, body: JSON.stringify({ mean: sum / size }) }
}
