/** `${address, fallback, ...}` inside a text; what stands between variables stays a plain string. */
export interface Variable {
  /** As written, with `${` and `}`. */
  readonly text: string
  /** The address and its fallbacks, still with the variables inside them. */
  readonly choices: readonly string[]
}

export type Part = string | Variable

// Serverless takes `type:address` and `type(parameters)`; `${Table}`, `${Table.Arn}` and `${AWS::Region}` belong to Fn::Sub.
const VARIABLE = /^\s*(?:\$\{|[a-zA-Z][\w.-]*(?:\(|:(?!:)))/

/** Splits a text at its variables, the outermost ones. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = []
  let plain = ''
  for (let at = 0; at < text.length; ) {
    const end = text.startsWith('${', at) && text[at - 1] !== '\\' ? endOf(text, at) : undefined
    const inner = end === undefined ? '' : text.slice(at + 2, end - 1)
    if (end === undefined || !VARIABLE.test(inner)) {
      const upTo = end ?? at + 1
      plain += text.slice(at, upTo)
      at = upTo
      continue
    }
    if (plain !== '') parts.push(plain)
    plain = ''
    parts.push({ text: text.slice(at, end), choices: choicesOf(inner) })
    at = end
  }
  if (plain !== '' || parts.length === 0) parts.push(plain)
  return parts
}

// Longer than anybody writes; without it a hostile text of many `${` would take quadratic time.
const LONGEST = 4096

/** Where the variable that begins at `from` ends: behind its `}`. */
function endOf(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < Math.min(text.length, from + LONGEST); at++) {
    if (text.startsWith('${', at)) depth++
    else if (text[at] === '}' && --depth === 0) return at + 1
  }
  return undefined
}

/** The parts between commas that stand neither in quotes, in brackets nor in a variable. */
function choicesOf(inner: string): readonly string[] {
  const choices: string[] = []
  let quote = ''
  let depth = 0
  let from = 0
  for (let at = 0; at < inner.length; at++) {
    const sign = inner[at]!
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === "'" || sign === '"') quote = sign
    else if (sign === '{' || sign === '(') depth++
    else if (sign === '}' || sign === ')') depth--
    else if (sign === ',' && depth === 0) {
      choices.push(inner.slice(from, at).trim())
      from = at + 1
    }
  }
  return [...choices, inner.slice(from).trim()]
}

/** A fallback such as `'dev'`, `12`, `true` or `null`; undefined when it is an address. */
export function literalOf(choice: string): string | number | boolean | null | undefined {
  const quoted = /^(?:'([^']*)'|"([^"]*)")$/.exec(choice)
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? ''
  if (choice === 'true' || choice === 'false') return choice === 'true'
  if (choice === 'null') return null
  return /^-?\d+(?:\.\d+)?$/.test(choice) ? Number(choice) : undefined
}

/** `file(x.yml):a.b` taken apart: type, parameters, address. */
export function addressOf(choice: string): { type: string; parameters: string | null; address: string } | undefined {
  const found = /^([a-zA-Z][\w-]*)(?:\.[\w.-]*)?(?:\(([\s\S]*)\))?(?::([\s\S]*))?$/.exec(choice)
  if (found === null || (found[2] === undefined && found[3] === undefined)) return undefined
  return { type: found[1]!, parameters: found[2] ?? null, address: found[3]?.trim() ?? '' }
}
