import type { Trial } from '../model/index.js'

const REFUSED = /"statusCode":\s?4/

/** The function threw, or answered with a 4xx. */
export function isRefused({ observations }: Trial): boolean {
  const outcome = observations.at(-1)?.outcome
  return outcome?.kind === 'threw' || (outcome?.kind === 'returned' && REFUSED.test(outcome.text))
}

/** Body of a 4xx answer; empty for any other. */
export function refusal(answer: string): string {
  if (!REFUSED.test(answer)) return ''
  const value = JSON.parse(answer) as { body?: unknown }
  return typeof value.body === 'string' ? value.body : ''
}

/** The function gave an answer that its trigger understands: `Unauthorized` is how an authorizer says no. */
export function answered({ case: made, observations }: Trial): boolean {
  const outcome = observations.at(-1)?.outcome
  if (outcome?.kind === 'threw' && made.contract === 'authorizer') return outcome.message === 'Unauthorized'
  return outcome?.kind === 'returned'
}
