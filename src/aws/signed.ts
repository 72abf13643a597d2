import type { AwsCall, SignedRequest } from '../model/index.js'
import { capParams } from './decode/cap.js'
import { decode } from './decode/index.js'
import { resourcesOf } from './models/resources.js'
import type { AwsRequest } from './request.js'
import { services } from './services/index.js'
import type { Place } from './services/service.js'

const MOST = 10_000
/** Services whose tokens are presigned requests that a database or broker takes instead of a password. */
const TOKENS = new Set(['rds-db', 'elasticache', 'memorydb', 'kafka-cluster', 'dsql', 'redshift'])

/** Knows which presigned URLs were asked for: those are calls already. */
export class Signatures {
  readonly #seen = new Set<string>()

  note({ query }: AwsRequest): void {
    const signature = query.get('X-Amz-Signature') ?? hexOf(query.get('Signature'))
    if (signature === null) return
    if (this.#seen.size >= MOST) this.#seen.clear()
    this.#seen.add(signature.toLowerCase())
  }

  has = ({ signature }: SignedRequest): boolean => this.#seen.has(signature)
}

/** Signature Version 2 is base64 in a URL. */
const hexOf = (base64: string | null): string | null =>
  base64 === null || base64.length > 100 ? null : Buffer.from(base64, 'base64').toString('hex')

/** The call that a signature stands for, though nobody has made it yet. */
export function signedCall({ n, frames, method, host, path, query }: SignedRequest, home: Place, call: number): AwsCall {
  // Kafka's action has its service in front.
  const search = new URLSearchParams(query.replace(/(^|&)Action=[a-z-]+(?:%3A|:)/, '$1Action='))
  const request: AwsRequest = {
    ...{ method, path, query: search, headers: { host }, body: Buffer.alloc(0), aborted: false },
    host: host.toLowerCase().replace(/:\d+$/, ''),
  }
  const { service, operation, region, shown } = decode(request, home.region)
  const place = { ...home, region }
  const known = services.find((each) => each.service === service)
  return {
    ...{ n, service, operation, region, params: capParams(shown), frames, location: frames[0] ?? null, call },
    resources: isToken(service)
      ? tokenResources(service, shown['DBUser'], place)
      : (known?.resources(operation, shown, place) ?? resourcesOf(service, operation, shown, place)),
    via: isToken(service) ? 'token' : 'presign',
    ...{ outcome: 'ok', answeredBy: 'stub', invented: false, retryOf: null },
  }
}

const isToken = (service: string): boolean => TOKENS.has(service)

/** The database's own id is not in the token: any of this region that has the user. */
const tokenResources = (service: string, user: unknown, { region, account }: Place): string[] =>
  service === 'rds-db' && typeof user === 'string' ? [`arn:aws:rds-db:${region}:${account}:dbuser:*/${user}`] : []
