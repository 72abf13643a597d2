import composing from '@lambda-middleware/compose'
import crossOrigin from '@lambda-middleware/cors'
import errors from '@lambda-middleware/http-error-handler'

export const handler = composing.compose(
  crossOrigin.cors(),
  errors.errorHandler(),
)(async (event) => ({ statusCode: 200, headers: {}, body: event.queryStringParameters?.name ?? '' }))
