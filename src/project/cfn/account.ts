/** Where a local run takes place, as in the function's environment; the room of the invokers has the same values. */
export const REGION = 'us-east-1'
export const ACCOUNT = '000000000000'
export const PARTITION = 'aws'

/** `arn('sqs', 'orders')` is arn:aws:sqs:us-east-1:000000000000:orders */
export const arn = (service: string, resource: string): string =>
  `arn:${PARTITION}:${service}:${GLOBAL.has(service) ? '' : REGION}:${NO_ACCOUNT.has(service) ? '' : ACCOUNT}:${resource}`

const GLOBAL = new Set(['iam', 's3', 'cloudfront', 'route53'])
const NO_ACCOUNT = new Set(['s3', 'route53'])

/** The part of an ARN after its account; of anything else the text itself: `table/orders`. */
export const resourceOfArn = (text: string): string => (text.startsWith('arn:') ? text.split(':').slice(5).join(':') : text)

/** What people call the thing behind an ARN, a URL or a name: queue, topic, bucket, table or stream name. */
export function nameInArn(text: string): string {
  if (/^https?:\/\//.test(text)) return text.split('/').at(-1)!
  const resource = resourceOfArn(text)
  const parts = resource.split('/')
  // A role's name comes after its path.
  if (parts[0] === 'role') return parts.at(-1)!
  if (/^(?:table|stream|deliverystream|event-bus|rule|secret|cluster)$/.test(parts[0]!) && parts.length > 1) return parts[1]!
  return resource
}
