import {
  type CaseMaker,
  type Comparison,
  type Draft,
  escapeToken,
  getAt,
  type InsertionPoint,
  isJsonObject,
  SLOT,
  type Trial,
} from '../model/index.js'
import type { Answering } from './operands.js'

const IDENTITY = ['/claims', '/context']

/** Fields of what an authorizer says of the sender: no sender chooses them, and some sender has what the function wants. */
const identity = ({ wire }: Draft): readonly InsertionPoint[] =>
  IDENTITY.flatMap((at) => {
    const said = getAt(wire, at)
    return Object.keys(isJsonObject(said) ? said : {}).map(
      (name): InsertionPoint => ({ wire: `${at}/${escapeToken(name)}`, control: 'service', encodings: [], kind: 'leaf' }),
    )
  })

/** A part of a plain text that a pattern of the function has captured, and that is compared: it is put in the place of the part. */
export function answeringPart(
  maker: CaseMaker,
  { case: { draft } }: Trial,
  { op, text, other }: Comparison,
  values: readonly unknown[],
): Answering[] {
  const fixed = values.filter((value) => typeof value === 'string' && value !== text)
  return [...maker.points(draft), ...identity(draft)].flatMap((point) => {
    const leaf = getAt(draft.wire, point.wire)
    if (point.kind !== 'leaf' || typeof leaf !== 'string' || leaf.includes(SLOT) || leaf.split(text).length !== 2) return []
    return fixed
      .filter((value) => point.control === 'attacker' || !String(value).includes(SLOT))
      .map((value) => ({
        key: `${point.wire} part ${op} ${String(other)} ${String(value)}`,
        draft: maker.withValue(
          draft,
          point,
          leaf.replace(text, () => String(value)),
        ),
      }))
  })
}
