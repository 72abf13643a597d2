import type { ProjectResource } from '../../model/index.js'
import { ACCOUNT, REGION } from '../cfn/account.js'
import { resourceArn } from './resource-arn.js'
import type { SourceNode } from './source-tree.js'

/** How a value is written where it is to stand. */
export interface Style {
  /** A JSON file has no tags. */
  readonly json: boolean
  /** Of the values beside it. */
  readonly quote: '' | '"' | "'"
}

/** Writes actions and ARNs as a template would: names of its own resources, its account and region by reference. */
export type Spelling = (value: string, style: Style) => string

/** For a policy file, where everything stands as it is. */
export const literally: Spelling = (value, { json, quote }) => quoted(value, json ? '"' : quote)

/** For a template: `own` are the logical ids that stand in it. */
export function spellingOf(resources: readonly ProjectResource[], own: ReadonlySet<string>): Spelling {
  const arns = resources.flatMap((resource) => {
    const arn = own.has(resource.id) ? resourceArn(resource) : undefined
    return arn === undefined ? [] : [{ arn, id: resource.id }]
  })
  return (value, style) => {
    if (!value.startsWith('arn:') || value.includes('${')) return literally(value, style)
    const known = arns.find(({ arn }) => fits(value, arn))
    if (known !== undefined) return reference(known.id, rest(value, known.arn), style)
    const here = placed(value)
    return here === value ? literally(value, style) : substituted(here, style)
  }
}

/** The same resource, or a part of it; a region or account that the policy leaves open may be that of the template. */
function fits(value: string, arn: string): boolean {
  const [given, own] = [value.split(':'), arn.split(':')]
  if ([1, 2, 3, 4].some((i) => given[i] !== own[i] && !(i > 2 && given[i] === '*'))) return false
  const [part, whole] = [given.slice(5).join(':'), own.slice(5).join(':')]
  return part === whole || part.startsWith(`${whole}/`)
}

const rest = (value: string, arn: string): string =>
  value.split(':').slice(5).join(':').slice(arn.split(':').slice(5).join(':').length)

function reference(id: string, below: string, style: Style): string {
  if (below !== '') return substituted(`\${${id}.Arn}${below}`, style)
  return style.json ? `{ "Fn::GetAtt": ["${id}", "Arn"] }` : `!GetAtt ${id}.Arn`
}

/** A local run has an account and a region of its own, which no template means. */
function placed(value: string): string {
  const parts = value.split(':')
  if (parts[4] !== ACCOUNT) return value
  return parts
    .map((part, i) => (i === 3 && part === REGION ? `\${AWS::Region}` : i === 4 ? `\${AWS::AccountId}` : part))
    .join(':')
}

const substituted = (text: string, { json, quote }: Style): string =>
  json ? `{ "Fn::Sub": ${JSON.stringify(text)} }` : `!Sub ${quoted(text, quote)}`

// Signs that begin something else in YAML are left out, and so is whatever might be read as a number.
const PLAIN = /^[A-Za-z$][\w:/.\-*?${}+=@]*$/
const WORD = /^(?:true|false|null|yes|no|on|off|y|n)$/i

function quoted(text: string, quote: Style['quote']): string {
  if (quote === '"' || /[^ -~]/.test(text)) return JSON.stringify(text)
  if (quote === '' && PLAIN.test(text) && !WORD.test(text) && !/:$/.test(text)) return text
  return `'${text.replaceAll("'", "''")}'`
}

/** How the values of a part of a text are written. */
export function styleOf(text: string, node: SourceNode, json: boolean): Style {
  const [first = node] = node.items
  const source = text.slice(first.start, first.end).replace(/^![^\s]*\s+/, '')
  if (json || source.startsWith('"')) return { json, quote: '"' }
  // Braces would end what stands between brackets.
  return { json, quote: source.startsWith("'") || node.flow ? "'" : '' }
}
