import { nearest } from '../config/index.js'
import { ConfigError, type Oracle } from '../model/index.js'
import { oracles } from '../oracles/index.js'

/** All rules, or the one named; an unknown name is one line that lists the known ones. */
export function rules(id?: string): readonly Oracle[] {
  if (id === undefined) return oracles
  const found = oracles.filter((oracle) => oracle.id === id)
  if (found.length > 0) return found
  const known = oracles.map((oracle) => oracle.id)
  const near = nearest(id, known)
  throw new ConfigError(`No rule '${id}'. Known: ${known.join(', ')}${near === undefined ? '' : `. Did you mean '${near}'?`}`)
}

/** The rules a run uses: only `wanted` when it names any, and never `unwanted`. */
export function chooseRules(wanted: readonly string[], unwanted: readonly string[]): readonly Oracle[] {
  const excluded = unwanted.flatMap((id) => rules(id))
  const included = wanted.length === 0 ? oracles : wanted.flatMap((id) => rules(id))
  return included.filter((oracle) => !excluded.includes(oracle))
}
