import { execSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'

// A process of its own keeps them for a while, as caches do.
const notes = new Map()

const answer = (statusCode, body) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

export async function handler(event) {
  const { method, path } = event.requestContext.http
  if (method === 'POST' && path === '/notes') {
    const { title } = JSON.parse(event.body ?? '{}')
    if (typeof title !== 'string' || title.length === 0) return answer(400, { message: 'title is required' })
    const noteId = randomUUID()
    notes.set(noteId, { noteId, title })
    return answer(201, { noteId })
  }
  const asked = /^\/notes\/([^/]+)\/print$/.exec(path)
  if (method === 'GET' && asked) {
    const note = notes.get(asked[1])
    if (note === undefined) return answer(404, { message: 'no such note' })
    return answer(200, { printed: String(execSync(`echo "${note.title}" | fold`)) })
  }
  return answer(404, { message: 'no such route' })
}
