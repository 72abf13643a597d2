import {
  type Draft,
  escapeToken,
  getAt,
  type InsertionPoint,
  isJsonObject,
  type Json,
  type Payload,
  tokensOf,
} from '../model/index.js'
import { removeAt, setAt } from './edit.js'

const NAME = '{{name}}'

/** Its key is the parameter's own name with more behind it (`{{name}}[$ne]`): parsers of brackets make an object of that. */
export const isNamed = ({ position, value }: Payload): boolean =>
  position === 'key' && isJsonObject(value) && Object.keys(value).some((key) => key.includes(NAME))

/** Where parameters stand that have a name of the sender's: a query, a form. */
export function parameterAt({ wire, kind }: InsertionPoint): { readonly map: string; readonly name: string } | undefined {
  const [, map = '', rest = ''] = /^(\/query|\/body\/fields)(\/[^/]+)(?:\/0)?$/.exec(wire) ?? []
  const [name] = tokensOf(rest)
  return kind !== 'leaf' || name === undefined || name.includes('[') ? undefined : { map, name }
}

interface Renamed {
  readonly wire: Json
  readonly point: InsertionPoint
  readonly control: Json
  readonly keys: readonly string[]
}

/** The parameter under its longer names, which come first: the marker of a payload is the first one below its place. */
export function renamed(draft: Draft, point: InsertionPoint, payload: Payload): Renamed | undefined {
  const found = parameterAt(point)
  const old = found === undefined ? undefined : getAt(draft.wire, found.map)
  if (found === undefined || !isJsonObject(old ?? null)) return undefined
  const own = (value: Json): Json =>
    Object.fromEntries(
      Object.entries(value as { [key: string]: Json }).map(([key, text]) => [
        key.replace(NAME, () => found.name),
        found.map === '/query' ? [text] : text,
      ]),
    )
  const named = own(payload.value) as { [key: string]: Json }
  const rest = removeAt(draft.wire, `${found.map}/${escapeToken(found.name)}`)
  const wire = setAt(rest, found.map, { ...named, ...(getAt(rest, found.map) as { [key: string]: Json }) })
  return { wire, point: { ...point, wire: found.map, kind: 'object' }, control: own(payload.control), keys: Object.keys(named) }
}
