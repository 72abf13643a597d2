import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import AdmZip from 'adm-zip'

const isSkin = (name) => path.posix.extname(name) === '.css' || path.posix.extname(name) === '.png'

export const handler = async (event) => {
  if (event.requestContext.http.method !== 'PUT' || !event.isBase64Encoded) return { statusCode: 405 }
  let entries
  try {
    entries = new AdmZip(Buffer.from(event.body, 'base64')).getEntries()
  } catch {
    return { statusCode: 415, body: 'no archive' }
  }
  const dir = path.join('/tmp/skins', event.requestContext.requestId.replace(/\W/g, ''))
  let kept = 0
  for (const entry of entries) {
    const name = entry.rawEntryName.toString()
    if (entry.isDirectory || !isSkin(name)) continue
    const file = path.resolve(dir, name)
    if (!file.startsWith(dir + path.sep)) continue
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, entry.getData())
    kept++
  }
  rmSync(dir, { recursive: true, force: true })
  return { statusCode: 200, body: String(kept) }
}
