import { type Comparison, type InsertionPoint, type Json, SLOT } from '../model/index.js'

/** What is split keeps what it begins and ends with. */
export const inText = (value: Json, canary: string, { op, text }: Comparison): Json => {
  const [before = '', after = ''] = text.toLowerCase().includes(canary) ? text.split(new RegExp(canary, 'i'), 2) : []
  return op === 'split' && typeof value === 'string' ? before + value + after : value
}

/** The whole leaf was asked for a part: the part is added, and what the leaf holds already stays. */
export function kept(template: string, canary: string, { op, text, other }: Comparison): readonly Json[] {
  const whole = template.replaceAll(SLOT, canary)
  if (template === SLOT || !template.includes(SLOT) || text.toLowerCase() !== whole.toLowerCase()) return []
  const part = String(other)
  const at = template.lastIndexOf(SLOT)
  const [head, tail] = [template.slice(0, at), template.slice(at + SLOT.length)]
  switch (op) {
    case 'startsWith':
      return [part + template]
    case 'endsWith':
      return [template + part]
    case 'includes':
    case 'indexOf':
      return [`${head}${part}${SLOT}${tail}`]
    case 'split':
      return [`${head}${SLOT}${part}${SLOT}${tail}`]
    default:
      return []
  }
}

/** The leaf with the value where the compared part of it stood; each place of several that look alike. */
export function placed(
  template: string,
  canary: string,
  compared: string,
  value: Json,
  { encodings }: InsertionPoint,
): readonly Json[] {
  if (typeof value !== 'string' && encodings.at(-1) === 'json-string' && template === SLOT) return [value]
  const text = String(value)
  const whole = template.replaceAll(SLOT, canary)
  const at = compared.toLowerCase().indexOf(canary)
  const [before, after] = [compared.slice(0, at), compared.slice(at + canary.length)]
  if ((before === '' && after === '') || !template.includes(SLOT)) return eachPlace(template, text)
  const inner = text.startsWith(before) && text.endsWith(after) && text.length >= before.length + after.length
  if (compared.toLowerCase() === whole.toLowerCase()) return [text]
  // A part of the leaf, such as the host of a URL: the rest of it stays.
  const part = template.toLowerCase().indexOf(`${before}${SLOT}${after}`.toLowerCase())
  if (!inner && part !== -1)
    return [template.slice(0, part) + text + template.slice(part + before.length + SLOT.length + after.length), text]
  if (!inner) return [text]
  return eachPlace(template, text.slice(before.length, text.length - after.length))
}

/** `a.{{canary}}.{{canary}}`: the last place first, where endings of names stand. */
function eachPlace(template: string, text: string): readonly Json[] {
  const parts = template.split(SLOT)
  if (parts.length <= 2) return [template.replace(SLOT, () => text)]
  const places = parts.slice(1).map((_part, i) => parts.slice(0, i + 1).join(SLOT) + text + parts.slice(i + 1).join(SLOT))
  return places.reverse()
}
