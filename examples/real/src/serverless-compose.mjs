import { compose, recoveryMiddleware } from 'serverless-compose'

const greet = async (event) => ({ statusCode: 200, body: `hello ${event.queryStringParameters?.name ?? 'you'}` })

export const handler = compose(recoveryMiddleware(async () => ({ statusCode: 500, body: 'failed' })))(greet)
