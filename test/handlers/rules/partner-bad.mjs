const GUESTS = JSON.parse(process.env.GUESTS ?? '{"key_of_the_north_gate":{"floor":2}}')

const answer = (Effect, event, principalId, context = {}) => ({
  principalId,
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn }] },
  context,
})

export async function handler(event) {
  const key = event.headers?.['X-Api-Key'] ?? event.headers?.['x-api-key'] ?? ''
  const guest = /^\w{8,40}$/.test(key) ? GUESTS[key] : undefined
  if (!guest || guest.gone) return answer('Deny', event, 'nobody')
  return answer('Allow', event, 'guest', { floor: String(guest.floor ?? 0) })
}
