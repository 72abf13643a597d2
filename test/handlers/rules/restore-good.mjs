import { createWriteStream, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { fromBuffer } from 'yauzl'

const open = promisify(fromBuffer)
const DIRECTORY = join('/tmp', 'backup')

async function extract(bytes) {
  const archive = await open(bytes, { lazyEntries: true })
  const stream = promisify(archive.openReadStream.bind(archive))
  await new Promise((done, failed) => {
    archive.on('entry', async (entry) => {
      try {
        await pipeline(await stream(entry), createWriteStream(join(DIRECTORY, basename(entry.fileName))))
        archive.readEntry()
      } catch (error) {
        failed(error)
      }
    })
    archive.once('end', done).once('error', failed)
    archive.readEntry()
  })
}

export async function handler({ body = '', isBase64Encoded }) {
  mkdirSync(DIRECTORY, { recursive: true })
  try {
    await extract(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'))
  } catch (error) {
    return { statusCode: 415, body: JSON.stringify({ reason: error.code ?? 'not an archive' }) }
  }
  return { statusCode: 200, body: JSON.stringify({ restored: true }) }
}
