import type { Trial } from '../model/index.js'

const REFUSED = /"statusCode":\s?4/

/** The function threw, or answered with a 4xx. */
export function isRefused({ observations }: Trial): boolean {
  const outcome = observations.at(-1)?.outcome
  return outcome?.kind === 'threw' || (outcome?.kind === 'returned' && REFUSED.test(outcome.text))
}

/** The function says itself that it went wrong, often for a field that it had better not been given. */
export const isFailed = ({ observations }: Trial): boolean => {
  const outcome = observations.at(-1)?.outcome
  return outcome?.kind === 'returned' && /"statusCode":\s?5/.test(outcome.text)
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
  // To throw an error of its own is how a trigger of Cognito says no.
  if (outcome?.kind === 'threw' && made.contract === 'cognito') return outcome.name === 'Error' && !OF_NODE.test(outcome.message)
  return outcome?.kind === 'returned'
}

/** What the network and the file system say. */
const OF_NODE = /^(?:connect|getaddrinfo|E[A-Z]{3,}\b)/
