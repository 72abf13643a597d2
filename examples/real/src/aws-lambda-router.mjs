import { handler as router } from 'aws-lambda-router'

export const handler = router({
  proxyIntegration: {
    cors: true,
    routes: [
      { path: '/books/:id', method: 'GET', action: (request) => ({ id: request.paths?.id }) },
      { path: '/books', method: 'POST', action: (request) => ({ title: request.body?.title ?? null }) },
    ],
    errorMapping: { NotFound: 404, RequestError: 400 },
  },
})
