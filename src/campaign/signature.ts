import type { Trial } from '../model/index.js'

/** How the function behaved, without the data: two trials with one signature took the same way, as far as can be seen from outside. */
export function signatureOf(trial: Trial): string {
  const observation = trial.observations.at(-1)
  if (observation === undefined) return ''
  const effects = observation.effects.map(
    (effect) => `${effect.kind}:${effect.api}:${effect.location?.file}:${effect.location?.line}`,
  )
  return JSON.stringify([answerOf(trial), [...new Set(effects)].sort()])
}

function answerOf(trial: Trial): string {
  const outcome = trial.observations.at(-1)!.outcome
  switch (outcome.kind) {
    case 'returned':
      return `returned ${plain(outcome.text)}`
    case 'threw':
      return `threw ${outcome.name} ${outcome.stack.split('\n').find((line) => line.includes(' at ')) ?? ''}`
    case 'timed-out':
      return 'timed-out'
    case 'crashed':
      return `crashed ${outcome.reason}`
  }
}

/** Canaries, numbers and long tokens taken out. */
const plain = (text: string): string =>
  text
    .slice(0, 400)
    .replace(/ef[a-z2-7]{10}z/gi, '*')
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b|[0-9a-f]{16,}/gi, '*')
    .replace(/(?<!"statusCode":\s?)\b\d{2,}\b/g, '#')
