import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import AdmZip from 'adm-zip'

/** Restores a backup that a browser uploads as it is. */
export const handler = async (event) => {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'latin1')
  let entries
  try {
    entries = new AdmZip(bytes).getEntries()
  } catch {
    return { statusCode: 400, body: 'no archive' }
  }
  await mkdir('/tmp/backup', { recursive: true })
  for (const entry of entries) await writeFile(path.join('/tmp/backup', entry.entryName), entry.getData())
  return { statusCode: 200, body: `${entries.length} files` }
}
