import middy from 'middy'
import middlewares from 'middy/middlewares.js'

const { httpErrorHandler, jsonBodyParser, urlEncodeBodyParser } = middlewares

export const handler = middy(async (event) => ({ statusCode: 200, body: JSON.stringify(event.body ?? null) }))
  .use(jsonBodyParser())
  .use(urlEncodeBodyParser())
  .use(httpErrorHandler())
