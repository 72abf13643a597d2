import { bodyDocument, type Execution, getAt, type Json, type Observation, type Session, type Taken } from '../model/index.js'

/** Runs a batch, filling in what an event needs of the answer before it. An event whose answer lacks it runs as it stands. */
export async function runInOrder(
  session: Session,
  batch: readonly Execution[],
  signal: AbortSignal,
): Promise<readonly Observation[]> {
  const observations: Observation[] = []
  for (let from = 0; from < batch.length && !signal.aborted; ) {
    const next = batch.findIndex(({ takes }, i) => i > from && takes !== undefined)
    const part = batch.slice(from, next === -1 ? undefined : next)
    const first = filled(part[0]!, observations.at(-1))
    observations.push(...(await session.run([first, ...part.slice(1)], signal)))
    from += part.length
  }
  return observations
}

function filled(execution: Execution, before: Observation | undefined): Execution {
  const { takes } = execution
  const value = takes === undefined ? undefined : valueAt(takes, before)
  if (value === undefined) return execution
  const { text, wire } = execution
  const put = (json: string) => json.replaceAll(takes!.marker, value)
  return {
    ...execution,
    text: put(text),
    ...(wire && { wire: { ...wire, value: JSON.parse(put(JSON.stringify(wire.value))) as Json } }),
  }
}

/** What may stand anywhere in an event without an encoding: ids, numbers, dates. */
const PLAIN = /^[\w.~:-]{1,100}$/

function valueAt({ at }: Taken, before: Observation | undefined): string | undefined {
  const document = before?.outcome.kind === 'returned' ? bodyDocument(before.outcome.text) : undefined
  const value = document === undefined ? undefined : getAt(document, at)
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && PLAIN.test(text) ? text : undefined
}
