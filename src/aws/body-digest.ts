import { createHash } from 'node:crypto'
import type { Decoded } from './decode/decoded.js'
import type { AwsRequest } from './request.js'
import { type Answer, refuse } from './services/service.js'

/** What S3 says of a body as a whole: its ETag, also when only its beginning was kept, and that it is not what Content-MD5 promised. */
export function withDigest({ bytes }: Decoded, { headers, whole }: AwsRequest, answer: Answer): Answer {
  if (answer.kind === 'error') return answer
  const promised = headers['content-md5']
  if (promised !== undefined && promised !== (whole?.md5 ?? createHash('md5').update(bytes).digest()).toString('base64')) {
    return refuse('BadDigest', 'The Content-MD5 you specified did not match what we received.')
  }
  if (whole === undefined || answer.value.ETag === undefined) return answer
  return { ...answer, value: { ...answer.value, ETag: `"${whole.md5.toString('hex')}"` } }
}
