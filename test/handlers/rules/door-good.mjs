const GUESTS = new Map([['guest-token', 'guest']])

/** Lets guests read anything of the API that asked; API Gateway keeps the answer for all its methods. */
export const handler = async (event) => {
  const principalId = GUESTS.get(String(event.authorizationToken).replace(/^Bearer /, ''))
  if (principalId === undefined) throw new Error('Unauthorized')
  const [api, stage] = event.methodArn.split('/')
  const Statement = [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/${stage}/GET/*` }]
  return { principalId, policyDocument: { Version: '2012-10-17', Statement } }
}
