import { exec, execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { tables } from './lib/tables.mjs'

const s3 = new S3Client({})
const shell = promisify(exec)
const run = promisify(execFile)

// One image at a time: the container's scratch files are used again and again.
const SOURCE = path.join(tmpdir(), 'shop-source')
const THUMBNAILS = 'thumbnails/'

const keyOf = (record) => decodeURIComponent(record.s3.object.key.replace(/\+/g, ' '))

/** A name of fixed length: the original's may already be as long as S3 allows. */
const thumbnailKeyOf = (key) => `${THUMBNAILS}${createHash('sha256').update(key).digest('hex')}.jpg`

/** Control characters are of no use in a caption. */
const captionOf = (key) => Array.from(key, (character) => (/\p{Cc}/u.test(character) ? ' ' : character)).join('')

const writeTitle = (caption) => run('exiftool', ['-overwrite_original', `-Title=${caption}`, SOURCE])

const sizeOf = async () => {
  const { stdout } = await run('identify', ['-format', '%w %h', SOURCE])
  const [width, height] = String(stdout).trim().split(' ').map(Number)
  return { width: Number.isSafeInteger(width) ? width : 0, height: Number.isSafeInteger(height) ? height : 0 }
}

const thumbnailOf = async (caption) => {
  const command = `convert ${SOURCE} -thumbnail 256x256 -set comment "from ${caption}" jpeg:-`
  const { stdout } = await shell(command, { encoding: 'buffer', maxBuffer: 4 * 1024 * 1024 })
  return stdout
}

const makeThumbnail = async (record) => {
  const key = keyOf(record)
  if (key.startsWith(THUMBNAILS) || key.endsWith('/')) return
  const bucket = record.s3.bucket.name
  const image = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  await writeFile(SOURCE, await image.Body.transformToByteArray())
  const caption = captionOf(key)
  await writeTitle(caption)
  const size = await sizeOf()
  const thumbnail = await thumbnailOf(caption)
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: thumbnailKeyOf(key), Body: thumbnail, ContentType: 'image/jpeg' }))
  await tables.send(new PutCommand({ TableName: process.env.IMAGES_TABLE, Item: { key, ...size, bytes: record.s3.object.size } }))
}

export const handler = async (event) => {
  for (const record of event.Records ?? []) {
    if (record.eventName.startsWith('ObjectCreated:')) await makeThumbnail(record)
  }
}
