import middy from '@middy/core'
import httpErrorHandler from '@middy/http-error-handler'
import httpHeaderNormalizer from '@middy/http-header-normalizer'
import httpJsonBodyParser from '@middy/http-json-body-parser'
import validator from '@middy/validator'
import { transpileSchema } from '@middy/validator/transpile'

const eventSchema = transpileSchema({
  type: 'object',
  required: ['body'],
  properties: {
    body: {
      type: 'object',
      required: ['title'],
      properties: {
        title: { type: 'string', minLength: 1, maxLength: 200 },
        year: { type: 'integer' },
        tags: { type: 'array', items: { type: 'string' } },
      },
    },
  },
})

const createBook = async (event) => {
  const { title, year, tags } = event.body
  return {
    statusCode: 201,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title, year: year ?? null, tags: tags ?? [], draft: event.queryStringParameters?.draft === 'yes' }),
  }
}

export const handler = middy()
  .use(httpHeaderNormalizer())
  .use(httpJsonBodyParser())
  .use(validator({ eventSchema }))
  .use(httpErrorHandler())
  .handler(createBook)
