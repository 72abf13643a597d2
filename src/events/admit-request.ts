import type { Ajv2020, Options, ValidateFunction } from 'ajv/dist/2020.js'
import { newAjv } from '../model/ajv.js'
import { isJsonObject, type Json, type JsonObject, type RequestValidator, type Trigger } from '../model/index.js'

const OPTIONS: Options = { strict: false, ownProperties: true, validateFormats: false, logger: false, code: { optimize: false } }
let ajv: Ajv2020 | undefined
const compiled = new WeakMap<JsonObject, ValidateFunction | null>()

/**
 * What API Gateway's request validation of a REST API lets through. A body model is chosen by content type: a body of another type
 * than application/json passes unseen, which is what an attacker sends.
 */
export function admitsRequest(event: Json, trigger: Trigger): boolean {
  if (!isJsonObject(event)) return true
  const validator = validatorFor(trigger, String(event['httpMethod']), String(event['resource']))
  if (validator === undefined) return true
  return (validator.required ?? []).every((name) => isThere(event, name)) && bodyFits(event, validator.body)
}

export const validatorFor = ({ validators = {} }: Trigger, method: string, resource: string): RequestValidator | undefined =>
  own(validators, `${method} ${resource}`) ?? own(validators, `ANY ${resource}`)

function isThere(event: JsonObject, parameter: string): boolean {
  const [kind, name = ''] = parameter.split(/\.(.*)/s)
  if (kind === 'header') return headerOf(event, name) !== undefined
  const from = event[kind === 'querystring' ? 'queryStringParameters' : 'pathParameters']
  return isJsonObject(from) && Object.hasOwn(from, name) && from[name] !== ''
}

function bodyFits(event: JsonObject, schema: JsonObject | undefined): boolean {
  const type = (headerOf(event, 'content-type') ?? 'application/json').split(';')[0]!.trim().toLowerCase()
  if (schema === undefined || type !== 'application/json') return true
  const check = compiled.has(schema) ? compiled.get(schema) : compileOnce(schema)
  return !check || check(parsed(event['body']))
}

/** null: a schema that cannot be compiled is not guessed about; everything is admitted. */
function compileOnce(schema: JsonObject): ValidateFunction | null {
  let check: ValidateFunction | null = null
  try {
    // Models name draft 4 in $schema; what they use of it means the same in 2020-12.
    const { $schema: _draft, $id: _id, id: _old, ...rest } = schema
    ajv ??= newAjv(OPTIONS)
    check = ajv.compile(rest)
  } catch {
    // Seen again as null.
  }
  compiled.set(schema, check)
  return check
}

function parsed(body: Json | undefined): Json | undefined {
  try {
    return typeof body === 'string' ? (JSON.parse(body) as Json) : undefined
  } catch {
    return undefined
  }
}

function headerOf(event: JsonObject, name: string): string | undefined {
  const headers = isJsonObject(event['headers']) ? event['headers'] : {}
  const key = Object.keys(headers).find((one) => one.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : String(headers[key])
}

const own = <T>(object: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined
