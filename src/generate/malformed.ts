import { type Draft, getAt, isJsonObject, type Json } from '../model/index.js'
import { setAt } from './edit.js'

/** What stands where a consumer expects JSON, by what is wrong with it. */
const TEXTS: readonly (readonly [what: string, make: (text: string) => string])[] = [
  ['cut off in the middle', (text) => text.slice(0, Math.max(1, Math.floor(text.length / 2)))],
  ['without its last sign', (text) => text.slice(0, -1) || '{'],
  ['with a byte order mark', (text) => `\ufeff${text}`],
  ['with a comma too many', (text) => `${text.slice(0, -1)},${text.at(-1) ?? '}'}`],
  ['twice', (text) => `${text}${text}`],
  ['with text behind it', (text) => `${text} x`],
  ['in single quotes', (text) => text.replaceAll('"', "'")],
  ['with a comment', (text) => `/* x */ ${text}`],
  ['NaN', () => 'NaN'],
  ['undefined', () => 'undefined'],
  ['with Infinity in it', () => '{"n":Infinity}'],
  ['a number with a leading zero', () => '{"n":01}'],
  ['an open string', () => '"'],
  ['a line break in a string', () => '{"a":"\n"}'],
  ['a bad escape', () => '{"a":"\\x"}'],
  ['a cut escape', () => '{"a":"\\u12"}'],
  ['a key twice', () => '{"id":1,"id":{"a":2}}'],
  ['a lone surrogate, escaped', () => '{"a":"\\ud800"}'],
  ['a number without end', () => `{"n":${'9'.repeat(400)}}`],
  ['deep', () => `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ['blank', () => ' '],
]

/** A body may be any bytes: those of an overlong slash, of a lone surrogate, and of text in another encoding. */
const BYTES: readonly (readonly [what: string, base64: string])[] = [
  ['an overlong sign', 'wK8v'],
  ['a lone surrogate', '7aCA'],
  ['UTF-16', '//57AH0A'],
]

/** A type is a header like any other: nothing makes it that of the body. */
const TYPES = [
  'application/json;charset=utf-7',
  'text/xml',
  'application/yaml',
  'multipart/form-data',
  'application/json, text/xml',
]

/** Drafts in which one text that carries JSON is malformed; the event around it stays JSON. */
export function* malformed(draft: Draft): Generator<Draft> {
  for (const pointer of contentsIn(draft.wire, '')) {
    const value = getAt(draft.wire, `${pointer}/value`)
    const text = JSON.stringify(value ?? {})
    for (const [what, make] of TEXTS) {
      const wire = setAt(draft.wire, pointer, { kind: 'text', text: make(text === '{}' ? '{"id":"{{canary}}"}' : text) })
      yield { ...draft, wire, base: draft, labels: [`the JSON at ${pointer} is ${what}`] }
    }
  }
  if (getAt(draft.wire, '/query') !== undefined && getAt(draft.wire, '/body/kind') === 'json') yield* malformedRequests(draft)
}

function* malformedRequests(draft: Draft): Generator<Draft> {
  for (const [what, base64] of BYTES) {
    const wire = setAt(draft.wire, '/body', { kind: 'bytes', base64 })
    yield { ...draft, wire, base: draft, labels: [`the body is no UTF-8: ${what}`] }
  }
  for (const type of TYPES) {
    const wire = setAt(draft.wire, '/headers/content-type', [type])
    yield { ...draft, wire, base: draft, labels: [`the body is JSON and is called ${type}`] }
  }
}

/** Places of a wire input where a sender's own JSON stands. */
function* contentsIn(wire: Json, pointer: string): Generator<string> {
  if (Array.isArray(wire)) for (const [i, item] of wire.entries()) yield* contentsIn(item, `${pointer}/${i}`)
  else if (isJsonObject(wire)) {
    if (wire['kind'] === 'json') yield pointer
    else
      for (const [key, child] of Object.entries(wire))
        yield* contentsIn(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
}
