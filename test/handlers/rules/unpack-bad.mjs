import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import unzipper from 'unzipper'

const s3 = new S3Client({})
const WORK = '/tmp/site'

/** Unpacks the site that a customer has uploaded. */
export const handler = async (event) => {
  for (const record of event.Records) {
    const Key = decodeURIComponent(record.s3.object.key.replace(/\+/g, ' '))
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: record.s3.bucket.name, Key: `${Key}.zip` }))
    const bytes = await Body.transformToByteArray()
    const files = Readable.from([Buffer.from(bytes)]).pipe(unzipper.Parse({ forceStream: true }))
    for await (const entry of files) {
      const target = path.join(WORK, entry.path)
      await mkdir(path.dirname(target), { recursive: true })
      await pipeline(entry, createWriteStream(target))
    }
  }
}
