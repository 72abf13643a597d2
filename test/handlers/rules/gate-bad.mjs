/** Lets users in whose token says who they are. */
export const handler = async (event) => {
  const token = (event.authorizationToken ?? '').replace(/^Bearer /, '')
  const [, claims] = token.split('.')
  if (!claims) throw new Error('Unauthorized')
  let user
  try {
    user = JSON.parse(Buffer.from(claims, 'base64url').toString())
  } catch {
    throw new Error('Unauthorized')
  }
  return {
    principalId: String(user?.sub),
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn }],
    },
  }
}
