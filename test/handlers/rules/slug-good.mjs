/** Proposes an address for an article. */
export const handler = async (event) => {
  const { title, tags = [] } = json(event.body)
  if (typeof title !== 'string' || title === '') return answer(422, { error: 'title is missing' })
  const slug = title
    .trimEnd()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return answer(200, { slug, tags: Array.isArray(tags) ? tags.length : 0 })
}

const answer = (statusCode, value) => ({ statusCode, body: JSON.stringify(value) })

function json(text) {
  try {
    return JSON.parse(text ?? '{}') ?? {}
  } catch {
    return {}
  }
}
