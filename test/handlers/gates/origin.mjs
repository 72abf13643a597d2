import { execSync } from 'node:child_process'
import { extname } from 'node:path'

const SINK = (x) => execSync('echo ' + x)
const MIRROR = process.env.MIRROR ?? 'http://assets.internal.example'
const TYPES = new Map([
  ['.png', 'image/png'],
  ['.webp', 'image/webp'],
])

export const handler = async ({ body }) => {
  const { image } = JSON.parse(body ?? '{}')
  if (typeof image !== 'string' || !image.startsWith(MIRROR)) return { statusCode: 403, body: '' }
  const { pathname } = new URL(image)
  const type = TYPES.get(extname(pathname).toLowerCase())
  if (type === undefined) return { statusCode: 415, body: '' }
  return { statusCode: 200, body: String(SINK(image)) }
}
