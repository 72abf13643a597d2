import { serviceModels } from '../models/model.js'
import type { AwsRequest } from '../request.js'

/** Which service and region a request is meant for. */
export interface Scope {
  readonly service: string
  readonly region: string
}

const WORD = /^[a-z0-9-]{1,64}$/
// Hosts of services without a model whose first label is not the signing name
const BY_HOST: Readonly<Record<string, string>> = { 'runtime.sagemaker': 'sagemaker' }

/** From the SigV4 credential scope (header or presigned query), else from the host. */
export function scopeOf(request: AwsRequest, homeRegion: string): Scope {
  const signed = signedScope(request)
  const byHost = hostScope(request.host)
  return {
    service: signed?.service ?? byHost.service ?? 'unknown',
    region: signed?.region ?? byHost.region ?? homeRegion,
  }
}

function signedScope({ headers, query }: AwsRequest): Partial<Scope> | undefined {
  const authorization = headers.authorization ?? ''
  const credential = /^AWS4-\S+ .*?Credential=([^,\s]{1,512})/.exec(authorization)?.[1] ?? query.get('X-Amz-Credential')
  const parts = credential?.split('/')
  if (parts?.at(-1) !== 'aws4_request') return undefined
  const service = word(parts.at(-2)?.toLowerCase())
  // SigV4a has no region in its scope: key/date/service/aws4_request.
  const region = parts.length >= 5 ? word(parts.at(-3)) : undefined
  return { ...(service === undefined ? {} : { service }), ...(region === undefined ? {} : { region }) }
}

function hostScope(host: string): Partial<Scope> {
  if (s3Host(host) !== undefined) return { service: 's3', ...s3Host(host) }
  const labels = host.replace(/\.(amazonaws\.com(\.cn)?|api\.aws|on\.aws)$/, '').split('.')
  if (labels.length === host.split('.').length) return {}
  const region = word(labels.findLast((label) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(label)))
  const rest = labels.filter((label) => label !== region && label !== 'dualstack')
  // service.region, or id.service.region as in execute-api
  const prefix = rest.join('.').replace(/-fips$/, '')
  const known = serviceModels().find(({ endpoint }) => endpoint === prefix)?.service
  const service = word(known ?? BY_HOST[prefix] ?? rest.at(-1)?.replace(/-fips$/, ''))
  return { ...(service === undefined ? {} : { service }), ...(region === undefined ? {} : { region }) }
}

/** Bucket (virtual-host style) and region of an S3 host; undefined when the host is not one of S3's. */
export function s3Host(host: string): { bucket?: string; region?: string } | undefined {
  const match =
    /^(?:(.+)\.)?s3(?:-accesspoint|-accelerate|-fips|express-[a-z0-9-]+|-([a-z]{2}-[a-z0-9-]+))?(?:\.dualstack)?(?:\.([a-z]{2}-[a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?$/.exec(
      host,
    )
  if (match === null) return undefined
  const [, bucket, dashed, dotted] = match
  const region = dotted ?? dashed
  return { ...(bucket === undefined ? {} : { bucket }), ...(region === undefined ? {} : { region }) }
}

const word = (text: string | undefined): string | undefined => (text !== undefined && WORD.test(text) ? text : undefined)
