import type { Json, Trigger } from '../../../model/index.js'
import { textsOf } from '../values.js'

export type Authorizer = NonNullable<Trigger['authorizer']>

const ANY = new Set(['any', '*', 'x-amazon-apigateway-any-method'])

/** `GET /orders/{id}`, `ANY /`, `$default`: as in Trigger. */
export function routeOf(method: string, path: string): string {
  if (path.replace(/^\//, '') === '$default') return '$default'
  const verb = method.toLowerCase()
  return `${ANY.has(verb) ? 'ANY' : verb.toUpperCase()} ${path.startsWith('/') ? path : `/${path}`}`
}

/** SAM writes `image~1png` where the API has `image/png`. */
export const mediaTypesOf = (value: Json | undefined): Pick<Trigger, 'binaryMediaTypes'> => {
  const types = textsOf(value).map((type) => type.replaceAll('~1', '/'))
  return types.length === 0 ? {} : { binaryMediaTypes: types }
}

export const withAuthorizer = (authorizer: Authorizer | undefined): Pick<Trigger, 'authorizer'> =>
  authorizer === undefined ? {} : { authorizer }

/** `method.request.querystring.id` is `querystring.id`. */
export const parameterOf = (text: string): string => text.replace(/^method\.request\./, '')

/** Said of an integration whose mapping template, not API Gateway, decides what the function gets. */
export const CUSTOM_INTEGRATION = 'The API gives the function what a mapping template makes (no proxy integration): not applied'
