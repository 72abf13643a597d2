import { setAt } from '../generate/index.js'
import {
  escapeToken,
  getAt,
  isJsonObject,
  type Json,
  type JsonObject,
  NOW,
  SLOT,
  type Trigger,
  tokensOf,
} from '../model/index.js'
import { identityPointer } from './http-identity.js'
import { parameterNames, splitRoute, wireOf } from './http-wire.js'

/** Puts what the handler looked for where a client (or, for claims, the identity provider) could have put it. */
export function httpSupply(wire: Json, pointer: string, value: Json, trigger: Trigger): Json | undefined {
  const body = /^\/body(?:#base64)?(?:#(json|form))?(\/[^#]*)?$/.exec(pointer)
  if (body !== null) return supplyBody(wire, body[1], body[2] ?? '', value)
  if (pointer.includes('#')) return undefined
  const [where, name, ...rest] = tokensOf(pointer)
  // The whole map is absent: any parameter makes it appear, and what is looked for in it shows next.
  if (name === undefined && /^(?:multiValueQ|q)ueryStringParameters$/.test(where ?? '')) return setAt(wire, '/query/q', [SLOT])
  if (name === undefined && where !== 'cookies') return undefined
  const text = ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : SLOT
  switch (where) {
    case 'queryStringParameters':
    case 'multiValueQueryStringParameters':
      return setAt(wire, `/query/${escapeToken(name!)}`, [text])
    case 'headers':
    case 'multiValueHeaders':
      return supplyHeader(wire, name!, text)
    case 'cookies':
      return setAt(wire, '/cookies/session', text)
    case 'pathParameters':
      return supplyPathParameter(wire, name!, text, trigger.routes !== undefined)
    case 'stageVariables':
      return setAt(wire, `/stageVariables/${escapeToken(name!)}`, 'prod')
    case 'requestContext':
      return name === 'authorizer' ? supplyIdentity(wire, rest, trigger) : undefined
    default:
      return undefined
  }
}

function supplyIdentity(wire: Json, path: readonly string[], trigger: Trigger): Json | undefined {
  const at = identityPointer(path, trigger)
  return at === undefined ? undefined : setAt(wire, at, 'user-1')
}

function supplyBody(wire: Json, form: string | undefined, path: string, value: Json): Json | undefined {
  // `/body/title` is read where the function put its own parsed body: the field below #json says the same.
  if (form === undefined)
    return path === '' && getAt(wire, '/body/kind') !== 'json' ? setAt(wire, '/body', { kind: 'json', value: {} }) : undefined
  const kind = getAt(wire, '/body/kind')
  // Who reads a form without looking at isBase64Encoded gets one where it is sent as plain text.
  if (form === 'form' && kind === 'text') {
    const before = getAt(wire, '/body/text/{form}')
    return setAt(wire, '/body/text', { '{form}': { ...(isJsonObject(before) ? before : {}), [tokensOf(path)[0] ?? '']: SLOT } })
  }
  if (form === 'form') {
    const fields = kind === 'form' ? getAt(wire, '/body/fields') : {}
    return setAt(wire, '/body', { kind: 'form', fields: { ...(fields as JsonObject), [tokensOf(path)[0] ?? '']: SLOT } })
  }
  // Whoever parses what is no JSON wants some.
  if (kind !== 'json') return path === '' ? setAt(wire, '/body', { kind: 'json', value: {} }) : undefined
  const before = getAt(wire, '/body/value')
  // A text stood for a document that nobody had looked into yet.
  if (before === SLOT) return supplyBody(setAt(wire, '/body/value', {}), form, path, path === '' && value === SLOT ? {} : value)
  return setAt(wire, `/body/value${path}`, value) === wire || !isJsonObject(before)
    ? undefined
    : setAt(wire, `/body/value${path}`, value)
}

/** What stands before the sender's own text in headers that have one form everywhere. */
const USUAL: Readonly<Record<string, string>> = { authorization: 'Bearer ', 'stripe-signature': `t=${NOW[0]},v1=` }

function supplyHeader(wire: Json, name: string, text: string): Json | undefined {
  const lower = name.toLowerCase()
  if (['content-type', 'content-length', 'host', 'accept', 'user-agent'].includes(lower)) return undefined
  if (lower === 'cookie') return setAt(wire, '/cookies/session', text)
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/.test(name)) return undefined
  return setAt(wire, `/headers/${escapeToken(lower)}`, [(USUAL[lower] ?? '') + text])
}

function supplyPathParameter(wire: Json, name: string, text: string, routesKnown: boolean): Json | undefined {
  const http = wireOf(wire)
  const [method, path] = splitRoute(http.route)
  if (parameterNames(path).includes(name)) return setAt(wire, `/pathParameters/${escapeToken(name)}`, text)
  if (routesKnown || !/^[\w-]{1,40}$/.test(name)) return undefined
  const base = path === '$default' ? '' : path.replace(/\/\{[^}]+\+\}$/, '').replace(/\/$/, '')
  const parameter = name === 'proxy' ? '{proxy+}' : `{${name}}`
  return setAt(setAt(wire, '/route', `${method} ${base}/${parameter}`), `/pathParameters/${escapeToken(name)}`, text)
}
