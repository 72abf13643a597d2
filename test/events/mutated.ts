import { setAt } from '#src/generate/index.js'
import { escapeToken, isJsonObject, type Json } from '#src/model/index.js'

/** Every scalar and container of a value, with one of another type in its place. */
export function* mutated(root: Json, value: Json = root, pointer = ''): Generator<readonly [pointer: string, event: Json]> {
  if (pointer !== '') yield [pointer, setAt(root, pointer, otherType(value))]
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* mutated(root, item, `${pointer}/${i}`)
  else if (isJsonObject(value))
    for (const [key, child] of Object.entries(value)) yield* mutated(root, child, `${pointer}/${escapeToken(key)}`)
}

const otherType = (value: Json): Json =>
  typeof value === 'string' ? 7 : typeof value === 'object' && value !== null ? 'text' : { a: 1 }
