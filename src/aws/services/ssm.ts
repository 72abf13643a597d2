import type { JsonObject } from '../../model/index.js'
import { resourcesOf } from '../models/resources.js'
import type { Store } from '../store.js'
import { type Answer, type Ask, type AwsService, arn, listOf, ok, type Place, refuse, textOf } from './service.js'

interface Parameter {
  readonly name: string
  readonly type: string
  readonly value: string
  readonly version: number
  readonly deleted: boolean
}

const SHELF = 'ssm-parameters'
const THEN = 1_767_225_600
const SEALED = 'eventfuzz-ssm:'

/**
 * Parameters that were put are given back. One that was never put has an invented value: a parameter that the function names is there
 * in real life, and behind "not found" nothing can be tested.
 */
export const ssm: AwsService = {
  service: 'ssm',
  operations: {
    PutParameter: putParameter,
    GetParameter: getParameter,
    GetParameters: getParameters,
    GetParametersByPath: getByPath,
    DescribeParameters: ({ store }) =>
      ok({ Parameters: kept(store).map(({ name, type, version }) => ({ Name: name, Type: type, Version: version })) }),
    DeleteParameter: ({ params, store }) => remove(store, String(params.Name)),
    DeleteParameters: ({ params, store }) => {
      const names = listOf(params.Names).map(String)
      for (const name of names) remove(store, name)
      return ok({ DeletedParameters: names, InvalidParameters: [] })
    },
  },
  resources: (operation, params, place) => resourcesOf('ssm', operation, params, place),
}

/** `arn:..:parameter/a/b` and `/a/b:3` (a version) as the name alone. */
const nameOf = (given: unknown): string =>
  String(given)
    .replace(/^arn:[^/]{0,200}:parameter(?=\/)/, '')
    .replace(/:[\w.-]{1,200}$/, '')

const kept = (store: Store): Parameter[] =>
  store
    .entries<Parameter>(SHELF)
    .map(([, parameter]) => parameter)
    .filter(({ deleted }) => !deleted)
    .sort((a, b) => (a.name < b.name ? -1 : 1))

function putParameter({ params, store }: Ask): Answer {
  const name = nameOf(params.Name)
  const value = textOf(params.Value)
  if (value === undefined) return refuse('ValidationException', 'Value may not be empty')
  // AWS: 4 KB, 8 KB for advanced parameters
  if (Buffer.byteLength(value) > 8192)
    return refuse('ValidationException', 'Parameter value exceeds the maximum of 8192 characters')
  const before = store.get<Parameter>(SHELF, name)
  const there = before !== undefined && !before.deleted
  if (there && params.Overwrite !== true)
    return refuse(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
  const version = there ? before.version + 1 : 1
  const type = textOf(params.Type) ?? before?.type ?? 'String'
  store.put(SHELF, name, { name, type, value, version, deleted: false } satisfies Parameter, value.length * 2)
  return ok({ Version: version, Tier: 'Standard' })
}

function getParameter({ params, store, place }: Ask): Answer | undefined {
  const parameter = store.get<Parameter>(SHELF, nameOf(params.Name))
  if (parameter === undefined) return undefined
  if (parameter.deleted) return refuse('ParameterNotFound', '')
  return ok({ Parameter: shown(parameter, params, place) })
}

function getParameters({ params, store, place }: Ask): Answer | undefined {
  const names = listOf(params.Names).map(String)
  const found = names.map((name) => [name, store.get<Parameter>(SHELF, nameOf(name))] as const)
  if (found.every(([, parameter]) => parameter === undefined)) return undefined
  const InvalidParameters = found.flatMap(([name, parameter]) => (parameter?.deleted ? [name] : []))
  const invented = found.some(([, parameter]) => parameter === undefined)
  const Parameters = found
    .map(([name, parameter]) => parameter ?? { name, type: 'String', value: 'example', version: 1, deleted: false })
    .flatMap((parameter) => (parameter.deleted ? [] : [shown(parameter, params, place)]))
  return ok({ Parameters, InvalidParameters }, invented)
}

/** Parameters below a path, at most ten a page; a page begins behind the name in its token. */
function getByPath({ params, store, place }: Ask): Answer {
  const path = `${String(params.Path).replace(/\/$/, '')}/`
  const below = kept(store).filter(
    ({ name }) => name.startsWith(path) && (params.Recursive === true || !name.slice(path.length).includes('/')),
  )
  const after = textOf(params.NextToken) ?? ''
  const most = Math.min(10, Math.max(1, Number(params.MaxResults ?? 10) || 10))
  const left = below.filter(({ name }) => name > after)
  const page = left.slice(0, most)
  const Parameters = page.map((parameter) => shown(parameter, params, place))
  return ok({ Parameters, ...(left.length > most ? { NextToken: page.at(-1)!.name } : {}) })
}

/** A SecureString is sealed unless decryption is asked for. */
function shown({ name, type, value, version }: Parameter, { WithDecryption }: JsonObject, place: Place): JsonObject {
  const sealed = type === 'SecureString' && WithDecryption !== true
  return {
    Name: name,
    Type: type,
    Value: sealed ? Buffer.from(SEALED + value).toString('base64') : value,
    Version: version,
    ARN: arn('ssm', place, `parameter/${name.replace(/^\//, '')}`),
    LastModifiedDate: THEN,
    DataType: 'text',
  }
}

function remove(store: Store, given: string): Answer {
  const name = nameOf(given)
  // A tombstone tells a deleted parameter from one that was never put.
  store.put(SHELF, name, { name, type: 'String', value: '', version: 0, deleted: true } satisfies Parameter, 0)
  return ok()
}
