import { isJsonObject, type Json, type JsonObject, type RequestValidator } from '../../../model/index.js'
import { isTrue, objectsOf, own, textOf, at as valueAt } from '../values.js'

const IN: Readonly<Record<string, string>> = { query: 'querystring', header: 'header', path: 'path' }

/** What API Gateway refuses before the function sees an operation's request; undefined when it validates nothing. */
export function validatorOf(document: Json, item: Json, operation: Json): RequestValidator | undefined {
  const word = 'x-amazon-apigateway-request-validator'
  const name = textOf(own(operation, word)) ?? textOf(own(document, word))
  const rules = name === undefined ? undefined : valueAt(document, `${word}s`, name)
  const parameters = [...objectsOf(own(item, 'parameters')), ...objectsOf(own(operation, 'parameters'))].map((one) =>
    dereference(document, one),
  )
  const schema = isTrue(own(rules, 'validateRequestBody')) ? bodySchema(document, operation, parameters) : undefined
  const required = isTrue(own(rules, 'validateRequestParameters')) ? requiredOf(parameters) : []
  if (schema === undefined && required.length === 0) return undefined
  return { ...(schema === undefined ? {} : { body: schema }), ...(required.length === 0 ? {} : { required }) }
}

/** The value behind a local `$ref`, once. */
export function dereference(document: Json, value: Json | undefined): Json | undefined {
  const ref = textOf(own(value, '$ref'))
  if (!ref?.startsWith('#/')) return value
  const path = ref.slice(2).split('/')
  return valueAt(document, ...path.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))) ?? value
}

function bodySchema(document: Json, operation: Json, parameters: readonly (Json | undefined)[]): JsonObject | undefined {
  const inBody = parameters.find((one) => own(one, 'in') === 'body')
  const content = own(dereference(document, own(operation, 'requestBody')), 'content')
  const schema = own(inBody, 'schema') ?? valueAt(content, 'application/json', 'schema')
  return isJsonObject(schema) ? withDefinitions(schema, document) : undefined
}

/** The schema with what its `$ref`s lead to, so that it stands alone. */
export function withDefinitions(schema: JsonObject, document: Json | undefined): JsonObject {
  const text = JSON.stringify(schema)
  const definitions = text.includes('#/definitions/') ? own(document, 'definitions') : undefined
  const schemas = text.includes('#/components/schemas/') ? valueAt(document, 'components', 'schemas') : undefined
  return {
    ...schema,
    ...(definitions === undefined ? {} : { definitions }),
    ...(schemas === undefined ? {} : { components: { schemas } }),
  }
}

function requiredOf(parameters: readonly (Json | undefined)[]): readonly string[] {
  const required = parameters.flatMap((one) => {
    const place = IN[textOf(own(one, 'in')) ?? '']
    const name = textOf(own(one, 'name'))
    return place === undefined || name === undefined || !isTrue(own(one, 'required')) ? [] : [`${place}.${name}`]
  })
  return [...new Set(required)]
}
