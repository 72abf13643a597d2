import { type AwsFixture, isJsonObject, type Json } from '../model/index.js'
import type { Decoded } from './decode/decoded.js'
import { type Answer, ok, refuse } from './services/service.js'

/** The status of an answer that never comes: the connection ends instead. */
export const CUT = 0

/** The first fixture of this operation whose `when` is contained in the parameters, and that has not answered its number of times. */
export function fixtureFor(
  { service, operation, params }: Decoded,
  fixtures: readonly AwsFixture[],
  used: Map<AwsFixture, number>,
): Answer | undefined {
  const found = take(
    { service, operation, params },
    fixtures.filter(({ fault }) => fault !== 'late'),
    used,
  )
  if (found === undefined) return undefined
  if (found.error === undefined) return ok(found.answer ?? {})
  const { code, message = code, status = 400, cut = false } = found.error
  return refuse(code, message, cut ? CUT : status)
}

/** Whether the answer to this call is one that takes a while, whatever it is. */
export const isLate = (call: Decoded, fixtures: readonly AwsFixture[], used: Map<AwsFixture, number>): boolean =>
  take(
    call,
    fixtures.filter(({ fault }) => fault === 'late'),
    used,
  ) !== undefined

function take(
  { service, operation, params }: Pick<Decoded, 'service' | 'operation' | 'params'>,
  fixtures: readonly AwsFixture[],
  used: Map<AwsFixture, number>,
): AwsFixture | undefined {
  const found = fixtures.find(
    (f) =>
      f.service.toLowerCase() === service &&
      f.operation === operation &&
      (used.get(f) ?? 0) < (f.times ?? Number.POSITIVE_INFINITY) &&
      contains(params, f.when ?? {}),
  )
  if (found?.times !== undefined) used.set(found, (used.get(found) ?? 0) + 1)
  return found
}

/** True when everything in `part` is in `whole`: objects by member, arrays by index, the rest by value. */
function contains(whole: Json | undefined, part: Json): boolean {
  if (Array.isArray(part))
    return Array.isArray(whole) && part.every((item: Json, i) => contains((whole as readonly Json[])[i], item))
  if (isJsonObject(part))
    return (
      isJsonObject(whole) &&
      Object.entries(part).every(([name, child]) => Object.hasOwn(whole, name) && contains(whole[name], child))
    )
  return whole === part
}
