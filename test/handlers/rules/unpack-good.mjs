import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import AdmZip from 'adm-zip'

const client = new S3Client({ region: process.env.AWS_REGION })
const base = resolve('/tmp', 'site')

function unpack(archive) {
  for (const entry of archive.getEntries()) {
    const file = resolve(base, entry.entryName)
    if (!file.startsWith(base + sep)) {
      console.warn('entry outside the archive skipped')
      continue
    }
    if (entry.isDirectory) continue
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, entry.getData())
  }
}

export async function handler({ Records = [] }) {
  for (const { s3 } of Records) {
    const key = decodeURIComponent(s3.object.key.replaceAll('+', '%20'))
    const object = await client.send(new GetObjectCommand({ Bucket: s3.bucket.name, Key: key + '.zip' }))
    unpack(new AdmZip(Buffer.from(await object.Body.transformToByteArray())))
  }
  return { unpacked: Records.length }
}
