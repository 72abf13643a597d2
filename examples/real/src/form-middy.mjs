import middy from '@middy/core'
import httpErrorHandler from '@middy/http-error-handler'
import httpHeaderNormalizer from '@middy/http-header-normalizer'
import httpUrlencodeBodyParser from '@middy/http-urlencode-body-parser'

export const handler = middy()
  .use(httpHeaderNormalizer())
  .use(httpUrlencodeBodyParser())
  .use(httpErrorHandler())
  .handler(async (event) => ({ statusCode: 200, body: JSON.stringify({ name: event.body.name ?? null }) }))
