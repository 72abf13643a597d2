// The same with a number where the other has code.
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})

export const handler = async (event) => {
  const { tenant = 'none', total = 1 } = JSON.parse(event.body || '{}')
  const object = await s3.send(new GetObjectCommand({ Bucket: 'tenant-rules', Key: `${encodeURIComponent(tenant)}.json` }))
  const rules = JSON.parse(await object.Body.transformToString())
  const discount = Number(rules.discount)
  return { statusCode: 200, body: String(Number.isFinite(discount) ? Number(total) * discount : Number(total)) }
}
