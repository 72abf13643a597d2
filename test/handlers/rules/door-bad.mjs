const GUESTS = new Map([['guest-token', 'guest']])

/** Lets guests read. */
export const handler = async (event) => {
  const principalId = GUESTS.get(String(event.authorizationToken).replace(/^Bearer /, ''))
  if (principalId === undefined) throw new Error('Unauthorized')
  const Statement = [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }]
  return { principalId, policyDocument: { Version: '2012-10-17', Statement } }
}
