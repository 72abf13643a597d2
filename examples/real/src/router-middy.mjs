import middy from '@middy/core'
import httpErrorHandler from '@middy/http-error-handler'
import httpRouterHandler from '@middy/http-router'

const routes = [
  { method: 'GET', path: '/books/{id}', handler: async (event) => ({ statusCode: 200, body: event.pathParameters.id }) },
  { method: 'POST', path: '/books', handler: async () => ({ statusCode: 201, body: '' }) },
]

export const handler = middy().use(httpErrorHandler()).handler(httpRouterHandler(routes))
