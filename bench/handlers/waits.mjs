/** What most functions do most of the time: read, check, wait a millisecond, answer. */
export const handler = async (event) => {
  const { id } = JSON.parse(event.body)
  if (typeof id !== 'string') return { statusCode: 400, body: 'id is missing' }
  await new Promise((resolve) => setTimeout(resolve, 1))
  return { statusCode: 200, body: JSON.stringify({ id, length: id.length }) }
}
