import type { Json, JsonObject } from '../../model/index.js'

const DEEPEST = 32
const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w:.-]*)([^<>]*?)(\/?)>|<[!?][^<>]*>|([^<]+)/y
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

interface Element {
  readonly name: string
  readonly children: [string, Json][]
  text: string
}

/**
 * A small XML document as JSON: text elements are strings, repeated elements arrays. Undefined when it is not well-formed.
 * The text is hostile: no DTD, no external entity, bounded depth, one pass.
 */
export function parseXml(text: string): { root: string; value: Json } | undefined {
  const top: Element = { name: '', children: [], text: '' }
  const open: Element[] = [top]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text)
    if (match === null) return undefined
    const [, cdata, closing, name, attributes, empty, plain] = match
    const current = open.at(-1)!
    if (cdata !== undefined) current.text += cdata
    else if (plain !== undefined) current.text += unescapeXml(plain)
    else if (name === undefined) continue
    else if (closing === '/') {
      if (open.length < 2 || current.name !== name) return undefined
      open.pop()
      open.at(-1)!.children.push([name, contentOf(current)])
    } else if (empty === '/') current.children.push([name, ''])
    else if (open.push({ name, children: typeOf(attributes), text: '' }) > DEEPEST) return undefined
  }
  const [root] = top.children
  return open.length === 1 && root !== undefined ? { root: root[0], value: root[1] } : undefined
}

/** The one attribute that says something: of which kind an S3 grantee is. */
function typeOf(attributes = ''): [string, Json][] {
  const at = attributes.indexOf('xsi:type="')
  return at < 0 ? [] : [['xsi:type', unescapeXml(attributes.slice(at + 10).split('"', 1)[0]!)]]
}

function contentOf({ children, text }: Element): Json {
  if (children.length === 0) return text
  const byName = new Map<string, Json[]>()
  for (const [name, value] of children) {
    const list = byName.get(name)
    if (list === undefined) byName.set(name, [value])
    else list.push(value)
  }
  return Object.fromEntries([...byName].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]))
}

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex?: string, dec?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = hex === undefined ? Number(dec) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** Text as it may stand in an element. What XML 1.0 cannot hold becomes U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '\ufffd')
    .replace(/[&<>"\r]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' })[sign]!)

/** Children of an element: `{Name: value}`; an array repeats its element, or wraps it as `<Name><inner>` when `inner` names one. */
export function writeXml(value: Json, inner: (list: string) => string | undefined): string {
  if (value === null) return ''
  if (typeof value !== 'object') return escapeXml(String(value))
  return Object.entries(value as JsonObject)
    .filter(([, child]) => child !== null)
    .map(([name, child]) => {
      if (!Array.isArray(child)) return `<${name}>${writeXml(child, inner)}</${name}>`
      const wrapped = inner(name)
      const items = child.map((item: Json) => `<${wrapped ?? name}>${writeXml(item, inner)}</${wrapped ?? name}>`).join('')
      return wrapped === undefined ? items : `<${name}>${items}</${name}>`
    })
    .join('')
}
