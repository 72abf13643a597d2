import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { escapeXml, writeXml } from './decode/xml.js'
import { bytesOf, timeIn } from './encode-values.js'
import { type Member, membersOf, type Shape, type Traits } from './models/shapes.js'

const DEEPEST = 40
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
const NAME = /^[A-Za-z_][\w:.-]{0,99}$/

/** The children of an element: the value's members as the shape says. What the shape does not know is written by its own name. */
export function xmlContent(shape: Shape, value: Json, traits: Traits = {}, levels = DEEPEST): string {
  if (value === null || levels === 0) return ''
  if (shape.kind === 'list') {
    const name = shape.item.traits.xml ?? 'member'
    return listOf(value)
      .map((item) => element(name, shape.item.shape, item, shape.item.traits, levels))
      .join('')
  }
  if (shape.kind === 'map') return isJsonObject(value) ? entries(shape, value, 'entry', levels) : ''
  if (membersOf(shape).length > 0) return isJsonObject(value) ? members(shape, value, levels) : ''
  return typeof value === 'object' ? writeXml(value, () => 'member') : scalar(shape, value, traits)
}

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value])

function scalar(shape: Shape, value: Json, traits: Traits): string {
  if (shape.kind === 'timestamp') return escapeXml(String(timeIn(traits.time ?? 'date-time', value)))
  return escapeXml(shape.kind === 'blob' ? bytesOf(value).toString('base64') : String(value))
}

function members(shape: Shape, value: JsonObject, levels: number): string {
  const known = new Map(membersOf(shape).map((member) => [member.name, member]))
  return Object.entries(value)
    .filter(([, child]) => child !== null)
    .map(([name, child]) => {
      const member = known.get(name)
      if (member === undefined) return NAME.test(name) ? writeXml({ [name]: child }, () => 'member') : ''
      return member.traits.attribute === 1 ? '' : memberElement(member, child, levels)
    })
    .join('')
}

function memberElement({ name, shape, traits }: Member, value: Json, levels: number): string {
  const wire = traits.xml ?? name
  if (traits.flat !== 1) return element(wire, shape, value, traits, levels)
  if (shape.kind === 'list') {
    return listOf(value)
      .map((item) => element(wire, shape.item.shape, item, shape.item.traits, levels))
      .join('')
  }
  return shape.kind === 'map' && isJsonObject(value) ? entries(shape, value, wire, levels) : ''
}

function entries(shape: Extract<Shape, { kind: 'map' }>, value: JsonObject, name: string, levels: number): string {
  return Object.entries(value)
    .map(([key, child]) => {
      const left = element(shape.key.traits.xml ?? 'key', shape.key.shape, key, shape.key.traits, levels)
      return `<${name}>${left}${element(shape.value.traits.xml ?? 'value', shape.value.shape, child, shape.value.traits, levels)}</${name}>`
    })
    .join('')
}

function element(name: string, shape: Shape, value: Json, traits: Traits, levels: number): string {
  return `<${name}${attributes(shape, value)}>${xmlContent(shape, value, traits, levels - 1)}</${name}>`
}

/** Members that stand in the start tag: only `xsi:type` of an S3 grantee. */
function attributes(shape: Shape, value: Json): string {
  if (!isJsonObject(value)) return ''
  const found = membersOf(shape).filter(({ name, traits }) => traits.attribute === 1 && value[name] !== undefined)
  return found.map(({ name, traits }) => ` ${XSI} ${traits.xml ?? name}="${escapeXml(String(value[name]))}"`).join('')
}
