import type { Finding } from '../model/index.js'
import { counted } from './summary.js'
import { columns } from './text-layout.js'
import { visible } from './visible.js'

/** What two runs say of the same findings; each stands in one list. */
export interface Difference {
  readonly from: string
  readonly to: string
  /** Only in the later run. */
  readonly added: readonly Finding[]
  /** The later run tested them again, and they did not show. */
  readonly fixed: readonly Finding[]
  /** The later run tested their function and does not name them: that is no proof. */
  readonly notSeen: readonly Finding[]
  /** The later run could not test them, or was not asked to. */
  readonly notTested: readonly Finding[]
  /** In both. */
  readonly same: readonly Finding[]
}

/** A difference as plain text. */
export function diffText({ from, to, added, fixed, notSeen, notTested, same }: Difference): string {
  const parts = [
    block('New', '+', added),
    block('Fixed: tested again, and no longer there', '-', fixed),
    block('Not seen again, which is no proof', '?', notSeen),
    block('Not tested again', '?', notTested),
  ].filter((part) => part !== '')
  return `${[`${visible(from)} -> ${visible(to)}`, ...parts, `${counted(same.length, 'finding')} in both`].join('\n\n')}\n`
}

function block(title: string, sign: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  const cell = (text: string): string => visible(text, { max: 80 })
  const rows = findings.map(({ severity, rule, target, pointer, fingerprint }) => [
    sign,
    ...[severity, rule, target, pointer].map(cell),
    fingerprint.slice(0, 12),
  ])
  return [title, ...columns(rows)].join('\n')
}
