import { unifiedDiff } from './unified-diff.js'
import { visible } from './visible.js'

/** A policy to take the place of another, and why that is safe. */
interface Suggestion {
  readonly target: string
  readonly role: string
  readonly policy: string
  readonly at?: { readonly file: string; readonly line: number } | null | undefined
  /** Why no lines of a file are changed for it; null: they are. */
  readonly noEdit: string | null
  readonly document: unknown
  readonly generalised: readonly { readonly from: readonly string[]; readonly to: string }[]
  readonly proof: { readonly requests: number; readonly descents: readonly string[] }
}

/** A file as it is, and as it is suggested to be; null: nothing of it is needed. */
interface FileEdit {
  readonly file: string
  readonly before: string
  readonly after: string | null
}

/**
 * What `eventfuzz iam --suggest` prints: for each policy what was widened to a prefix, and the proof; then one unified diff a file,
 * which `git apply` takes as it is printed. A policy without lines of its own is printed as JSON.
 */
export function suggestionsText(suggestions: readonly Suggestion[], edits: readonly FileEdit[]): string {
  if (suggestions.length === 0) return '\nNo policy is suggested: none could be made narrower and proven to be enough\n'
  return [...suggestions.map(textOf), ...edits.map(patchOf)].join('')
}

function textOf({ target, role, policy, at, noEdit, document, generalised, proof }: Suggestion): string {
  const place = at === null || at === undefined ? policy : `${at.file}:${at.line} ${policy}`
  return `${[
    `\nSuggested for ${visible(role)} of ${visible(target)}: ${visible(place)}${document === null ? ' can be taken away' : ''}`,
    ...(noEdit === null ? [] : [`  no diff: ${visible(noEdit)}`, ...jsonOf(document)]),
    ...generalised.map(({ from, to }) => `  widened: ${from.length} resources to ${visible(to)}`),
    `  proof: ${proof.requests} needed requests are still allowed; ${descended(proof.descents)}`,
  ].join('\n')}\n`
}

const jsonOf = (document: unknown): string[] =>
  document === null
    ? []
    : JSON.stringify(document, null, 2)
        .split('\n')
        .map((line) => `    ${visible(line, { max: 2_000 })}`)

const patchOf = ({ file, before, after }: FileEdit): string =>
  `\n${unifiedDiff(file, before, after)
    .split('\n')
    .map((line) => lineOf(line))
    .join('\n')}`

/** Tabs and the break of a Windows file are a part of the line, or the diff would not fit. */
function lineOf(line: string): string {
  const end = line.endsWith('\r') ? '\r' : ''
  const parts = line.slice(0, line.length - end.length).split('\t')
  return parts.map((part) => visible(part, { max: 10_000 })).join('\t') + end
}

const descended = (descents: readonly string[]): string =>
  descents.length === 0
    ? 'no statement allows anything'
    : `each statement is part of an old one (${descents.map((one) => visible(one)).join('; ')})`
