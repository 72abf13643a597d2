import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

const NOTES = '/tmp/notes'

/** Keeps a note in a directory of its own, beginning with what another note says. */
export const handler = async (event) => {
  const { name, text, from } = event.queryStringParameters ?? {}
  if (!name) return { statusCode: 400, body: 'name is missing' }
  const directory = path.join(NOTES, name)
  await mkdir(directory, { recursive: true }).catch(() => undefined)
  const beginning = from ? await readFile(path.join(NOTES, from), 'utf8').catch(() => '') : ''
  await writeFile(path.join(directory, 'note.txt'), `${beginning}${text}`).catch(() => undefined)
  return { statusCode: 201, body: 'kept' }
}
