import { unifiedDiff } from './unified-diff.js'
import { visible } from './visible.js'

/** A policy to take the place of another, and why that is safe. */
interface Suggestion {
  readonly target: string
  readonly role: string
  readonly policy: string
  readonly at?: { readonly file: string; readonly line: number } | null | undefined
  /** The policy's own text, as it stands in its file. */
  readonly text: string
  readonly document: unknown
  readonly generalised: readonly { readonly from: readonly string[]; readonly to: string }[]
  readonly proof: { readonly requests: number; readonly descents: readonly string[] }
}

/** What `eventfuzz iam --suggest` prints: for each policy a unified diff, what was widened to a prefix, and the proof. */
export function suggestionsText(suggestions: readonly Suggestion[]): string {
  if (suggestions.length === 0) return '\nNo policy is suggested: none could be made narrower and proven to be enough\n'
  return suggestions.map(textOf).join('')
}

function textOf({ target, role, policy, at, text, document, generalised, proof }: Suggestion): string {
  const place = at === null || at === undefined ? policy : `${at.file}:${at.line} ${policy}`
  const after = document === null ? '' : `${JSON.stringify(document, null, 2)}\n`
  const diff = unifiedDiff(at?.line === 1 ? at.file : policy, text, after)
  return `${[
    `\nSuggested for ${visible(role)} of ${visible(target)}: ${visible(place)}${document === null ? ' can be taken away' : ''}`,
    ...diff
      .split('\n')
      .slice(0, -1)
      .map((line) => visible(line, { max: 2_000 })),
    ...generalised.map(({ from, to }) => `  widened: ${from.length} resources to ${visible(to)}`),
    `  proof: ${proof.requests} needed requests are still allowed; ${descended(proof.descents)}`,
  ].join('\n')}\n`
}

const descended = (descents: readonly string[]): string =>
  descents.length === 0
    ? 'no statement allows anything'
    : `each statement is part of an old one (${descents.map((one) => visible(one)).join('; ')})`
