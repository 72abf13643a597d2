import type { Json } from '../../model/index.js'
import { ExpressionError, type TemplatePart, type Token, templateParts, tokensOf } from './tokens.js'

/** An HCL expression. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'get'; readonly from: Expression; readonly key: Expression }
  | { readonly kind: 'splat'; readonly from: Expression; readonly keys: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly inputs: readonly Expression[]; readonly spread: boolean }
  | { readonly kind: 'list'; readonly entries: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | ForExpression
  | { readonly kind: 'choice'; readonly when: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'unary'; readonly sign: string; readonly of: Expression }

export interface ForExpression {
  readonly kind: 'for'
  readonly names: readonly string[]
  readonly over: Expression
  /** Null for a list. */
  readonly key: Expression | null
  readonly value: Expression
  readonly when: Expression | null
  readonly grouped: boolean
}

const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']]
const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
])
const DEEPEST = 200

const parsed = new Map<string, Expression>()

/** Reads a text as Terraform has it: `a-${var.x}`; a text that is one `${...}` is that expression. Throws ExpressionError. */
export function parseTemplate(text: string): Expression {
  const known = parsed.get(text)
  if (known !== undefined) return known
  const expression = ofParts(templateParts(text, false), 0)
  if (parsed.size > 20_000) parsed.clear()
  parsed.set(text, expression)
  return expression
}

function ofParts(parts: readonly TemplatePart[], depth: number): Expression {
  const found = parts.map(
    (part): Expression =>
      'text' in part ? { kind: 'literal', value: part.text } : new Parser(tokensOf(part.source), depth + 1).whole(),
  )
  return found.length === 1 ? found[0]! : { kind: 'template', parts: found }
}

class Parser {
  private at = 0
  private depth: number
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[], depth: number) {
    this.tokens = tokens
    this.depth = depth
  }

  whole(): Expression {
    const found = this.expression()
    if (this.at < this.tokens.length) throw new ExpressionError('an expression goes on where it should end')
    return found
  }

  private expression(): Expression {
    if (++this.depth > DEEPEST) throw new ExpressionError('an expression is nested too deeply')
    const when = this.binary(0)
    if (!this.takes('?')) {
      this.depth--
      return when
    }
    const yes = this.expression()
    this.demand(':')
    const no = this.expression()
    this.depth--
    return { kind: 'choice', when, yes, no }
  }

  private binary(level: number): Expression {
    const signs = LEVELS[level]
    if (signs === undefined) return this.unary()
    let left = this.binary(level + 1)
    for (let sign = this.sign(); sign !== undefined && signs.includes(sign); sign = this.sign()) {
      this.at++
      left = { kind: 'binary', sign, left, right: this.binary(level + 1) }
    }
    return left
  }

  private unary(): Expression {
    for (const sign of ['!', '-']) if (this.takes(sign)) return { kind: 'unary', sign, of: this.unary() }
    return this.followed(this.primary())
  }

  /** What comes behind a value: `.name`, `.0`, `[key]`, `.*`, `[*]`. */
  private followed(value: Expression): Expression {
    let from = value
    for (;;) {
      if (this.takes('.')) {
        if (this.takes('*')) from = this.splat(from, false)
        else from = { kind: 'get', from, key: this.attribute() }
      } else if (this.sign() === '[') {
        this.at++
        if (this.takes('*')) {
          this.demand(']')
          return this.splat(from, true)
        }
        from = { kind: 'get', from, key: this.expression() }
        this.demand(']')
      } else return from
    }
  }

  /** `[*]` takes all that follows to each element, `.*` only names: an index is of the list again. */
  private splat(from: Expression, full: boolean): Expression {
    const keys: Expression[] = []
    for (;;) {
      if (this.takes('.')) keys.push(this.attribute())
      else if (full && this.takes('[')) {
        keys.push(this.expression())
        this.demand(']')
      } else return { kind: 'splat', from, keys }
    }
  }

  private attribute(): Expression {
    const token = this.tokens[this.at++]
    if (token?.kind === 'name') return { kind: 'literal', value: token.text }
    if (token?.kind === 'number') return { kind: 'literal', value: token.value }
    throw new ExpressionError('a name is missing behind a dot')
  }

  private primary(): Expression {
    const token = this.tokens[this.at++]
    if (token === undefined) throw new ExpressionError('an expression has no end')
    if (token.kind === 'number') return { kind: 'literal', value: token.value }
    if (token.kind === 'template') return ofParts(token.parts, this.depth)
    if (token.kind === 'name') return this.named(token.text)
    if (token.text === '(') {
      const found = this.expression()
      this.demand(')')
      return found
    }
    if (token.text === '[') return this.isFor() ? this.for(']') : { kind: 'list', entries: this.listed(']').entries }
    if (token.text === '{') return this.isFor() ? this.for('}') : this.object()
    throw new ExpressionError(`'${token.text}' is not expected`)
  }

  private named(name: string): Expression {
    if (this.takes('(')) {
      const { entries, spread } = this.listed(')')
      return { kind: 'call', name, inputs: entries, spread }
    }
    const word = WORDS.get(name)
    return word === undefined ? { kind: 'name', name } : { kind: 'literal', value: word }
  }

  private listed(end: string): { entries: Expression[]; spread: boolean } {
    const entries: Expression[] = []
    let spread = false
    while (!this.takes(end)) {
      entries.push(this.expression())
      spread ||= this.takes('...')
      if (!this.takes(',') && this.sign() !== end) throw new ExpressionError(`'${end}' is missing`)
    }
    return { entries, spread }
  }

  private object(): Expression {
    const entries: [Expression, Expression][] = []
    while (!this.takes('}')) {
      const key = this.binary(0)
      if (!this.takes('=')) this.demand(':')
      const name = key.kind === 'name' ? { kind: 'literal' as const, value: key.name } : key
      entries.push([name, this.expression()])
      this.takes(',')
    }
    return { kind: 'object', entries }
  }

  private isFor(): boolean {
    const [token, next] = this.tokens.slice(this.at, this.at + 2)
    return token?.kind === 'name' && token.text === 'for' && next?.kind === 'name'
  }

  private for(end: string): ForExpression {
    this.at++
    const names = [this.word()]
    if (this.takes(',')) names.push(this.word())
    if (this.word() !== 'in') throw new ExpressionError("'in' is missing")
    const over = this.expression()
    this.demand(':')
    const first = this.expression()
    const key = end === '}' ? first : null
    if (key !== null) this.demand('=>')
    const value = key === null ? first : this.expression()
    const grouped = this.takes('...')
    const token = this.tokens[this.at]
    const conditional = token?.kind === 'name' && token.text === 'if'
    if (conditional) this.at++
    const when = conditional ? this.expression() : null
    this.demand(end)
    return { kind: 'for', names, over, key, value, when, grouped }
  }

  private word(): string {
    const token = this.tokens[this.at++]
    if (token?.kind !== 'name') throw new ExpressionError('a name is missing')
    return token.text
  }

  private sign(): string | undefined {
    const token = this.tokens[this.at]
    return token?.kind === 'sign' ? token.text : undefined
  }

  private takes(sign: string): boolean {
    if (this.sign() !== sign) return false
    this.at++
    return true
  }

  private demand(sign: string): void {
    if (!this.takes(sign)) throw new ExpressionError(`'${sign}' is missing`)
  }
}
