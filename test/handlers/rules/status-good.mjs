import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})
const { AWS_REGION: region, AWS_LAMBDA_FUNCTION_NAME: name } = process.env

/** Keeps a snapshot for support. */
export const handler = async (event) => {
  console.log('status', { region, name, hasToken: Boolean(process.env.AWS_SESSION_TOKEN) })
  const snapshot = JSON.stringify({ at: event.rawPath, region, name, variables: Object.keys(process.env) })
  await s3.send(new PutObjectCommand({ Bucket: 'support', Key: 'latest.json', Body: snapshot }))
  return { statusCode: 204 }
}
