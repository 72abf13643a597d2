/** What a signature allows its bearer to ask for. */
export interface Presigned {
  readonly method: string
  readonly host: string
  /** As it goes into a URL. */
  readonly path: string
  readonly query: string
}

const METHOD = /^(?:GET|PUT|POST|HEAD|DELETE|PATCH|OPTIONS)$/

/** The canonical request of a presigned URL (Signature Version 4): its query holds the credential. Those of sent requests do not. */
export function presignedV4(text: string): Presigned | undefined {
  const [method = '', path = '', query = '', ...headers] = text.split('\n')
  if (!METHOD.test(method) || !path.startsWith('/') || !query.includes('X-Amz-Credential=')) return undefined
  const host = headers.find((line) => line.startsWith('host:'))?.slice('host:'.length)
  if (host === undefined) return undefined
  // Canonical paths are encoded twice, except those of S3.
  const isTwice = !/%2Fs3%2Faws4_request/i.test(query)
  return { method, host, path: isTwice ? path.replaceAll('%25', '%') : path, query }
}

/** What Signature Version 2 of S3 signs; a presigned URL has its expiry in the place of the date. */
export function presignedV2(text: string): Presigned | undefined {
  const lines = text.split('\n')
  const [method = '', , , expires = ''] = lines
  const [path = '', query = ''] = (lines.at(-1) ?? '').split('?')
  if (lines.length < 5 || !METHOD.test(method) || !/^\d{9,11}$/.test(expires) || !path.startsWith('/')) return undefined
  return { method, host: 's3.amazonaws.com', path, query }
}

/** The signed policy of a presigned POST to S3: a PutObject of the key, or of any key below a prefix. */
export function policyRequest(text: string): Presigned | undefined {
  if (!text.startsWith('eyJ') || !/^[A-Za-z0-9+/]+=*$/.test(text)) return undefined
  const fields = policyFields(Buffer.from(text, 'base64').toString('utf8'))
  const { bucket, key, 'x-amz-credential': credential } = fields
  if (bucket === undefined || key === undefined || credential === undefined) return undefined
  const region = credential.split('/')[2] ?? 'us-east-1'
  return {
    method: 'PUT',
    host: `s3.${region}.amazonaws.com`,
    path: `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`,
    query: `X-Amz-Credential=${encodeURIComponent(credential)}`,
  }
}

function policyFields(json: string): Record<string, string> {
  const policy = parsed(json) as { conditions?: unknown } | null
  const conditions = Array.isArray(policy?.conditions) ? policy.conditions : []
  const fields: Record<string, string> = {}
  for (const condition of conditions) {
    if (Array.isArray(condition)) {
      const [how, name, value] = condition.map(String)
      fields[String(name).replace(/^\$/, '').toLowerCase()] = how === 'starts-with' ? `${value}*` : String(value)
    } else {
      for (const [name, value] of Object.entries(Object(condition))) fields[name.toLowerCase()] = String(value)
    }
  }
  return fields
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null // Base64 of something else, which somebody signs.
  }
}
