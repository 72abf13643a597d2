import lambdaServerlessApi from 'lambda-serverless-api'

const api = lambdaServerlessApi.Api({ limit: 1_000_000, defaultHeaders: {} })

export const handler = api.wrap(
  'POST books',
  [api.Str('title', 'json'), api.Int('pages', 'json', { required: false })],
  ({ title, pages = null }) => api.JsonResponse({ title, pages }),
)
