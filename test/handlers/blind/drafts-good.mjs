import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

const DIR = '/tmp/drafts'

/** Keeps drafts of letters until they are sent: a draft lies in its directory, or it is refused. */
export const handler = async ({ requestContext, body }) => {
  if (requestContext?.http?.method !== 'PUT') return { statusCode: 405 }
  let draft
  try {
    draft = JSON.parse(body ?? '')
  } catch {
    return { statusCode: 400 }
  }
  const { name, text } = draft ?? {}
  if (typeof name !== 'string' || name.length < 1 || name.length > 48) return { statusCode: 422 }
  if (typeof text !== 'string' || text.length > 5000) return { statusCode: 422 }
  await mkdir(DIR, { recursive: true })
  const file = path.resolve(DIR, `${name}.md`)
  if (!file.startsWith(DIR + path.sep)) return { statusCode: 422 }
  await writeFile(file, text).catch(() => undefined)
  return { statusCode: 204 }
}
