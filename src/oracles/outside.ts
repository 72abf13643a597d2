import type { Oracle, Trial, Verdict } from '../model/index.js'
import { answerSink } from './answer-text.js'
import { oracles as builtIn } from './index.js'
import { guilty } from './region.js'
import { lastObservation } from './thrown.js'

/** Rules that judge by answer, log and end alone: from outside they see what they always see. */
const AS_ALWAYS: ReadonlySet<string> = new Set([
  'html-injection',
  'header-injection',
  'open-redirect',
  'cors-any-origin',
  'template-injection',
  'log-injection',
  'secret-in-log',
  'secret-leak',
  'unverified-token',
  'verbose-error',
  'unhandled-error',
  'poison-message',
  'malformed-response',
  'hang',
  'crash',
])

/** Rules whose payloads put two halves together only when they are run. */
const BY_MARKER: ReadonlySet<string> = new Set(['command-injection', 'code-injection', 'template-injection'])

/** Rules that pairs of payloads show: answers or times that differ as the truth of what was written does. */
export const BY_PAIR: ReadonlySet<string> = new Set(['command-injection', 'sql-injection', 'dynamodb-expression-injection'])

/** Behind a gateway what a function returned or threw is not seen. */
const NOT_OVER_HTTP: ReadonlySet<string> = new Set([
  'malformed-response',
  'secret-in-log',
  'log-injection',
  'crash',
  'poison-message',
])

/** How far a rule sees where nothing watches inside the function's process. */
export interface Outside {
  /** What judges there. */
  readonly oracles: readonly Oracle[]
  /** Rules that cannot be judged at all, by their ids. */
  readonly blind: readonly string[]
}

/** The same rules, as far as they can be judged from outside. `http`: not even the function's own answer is seen. */
export function fromOutside(oracles: readonly Oracle[], http: boolean): Outside {
  const isSeen = (oracle: Oracle) => !builtIn.includes(oracle) || isSeenHere(oracle)
  const isSeenHere = ({ id }: Oracle) =>
    (AS_ALWAYS.has(id) && !(http && NOT_OVER_HTTP.has(id))) || BY_MARKER.has(id) || BY_PAIR.has(id) || id in COMPLAINTS
  return {
    oracles: oracles
      .filter(isSeen)
      .map((oracle) => (BY_MARKER.has(oracle.id) || oracle.id in COMPLAINTS ? withMarker(oracle) : oracle))
      .map(withGateway),
    blind: oracles.filter((oracle) => !isSeen(oracle)).map(({ id }) => id),
  }
}

/** What only an interpreter says of a text that it could not read. */
const COMPLAINTS: Readonly<Record<string, RegExp>> = {
  'command-injection':
    /(?:\/bin\/)?(?:ba|da)?sh: (?:line )?\d+: .*(?:[Ss]yntax error|not found|[Uu]nterminated)|unexpected EOF while looking for matching/,
  'sql-injection':
    /You have an error in your SQL syntax|unterminated quoted (?:string|identifier) at or near|syntax error at or near "|SQLITE_ERROR|ORA-\d{5}: |Unclosed quotation mark after the character string/,
  'partiql-injection': /Statement wasn't well formed, can't be processed/,
  'dynamodb-expression-injection':
    /Invalid (?:Filter|KeyCondition|Update|Condition|Projection)Expression: (?:Syntax error|Attribute name is a reserved keyword)/,
}

/** The interpreter complains of the payload, and says so in the answer or the log; the benign twin is silent. */
function* complaint(rule: string, trial: Trial): Generator<Verdict> {
  const { injection } = trial.case
  const pattern = COMPLAINTS[rule]
  if (injection === null || pattern === undefined || !isOf(rule, injection.family)) return
  for (const [place, text] of textsOf(trial)) {
    const found = pattern.exec(text)?.[0]
    if (found === undefined) continue
    yield {
      rule,
      canary: guilty(trial),
      sink: answerSink(place),
      anchor: 'outside:complaint',
      evidence: `The ${place} holds what only an interpreter says of a text it cannot read: ${found.slice(0, 200)}`,
    }
    return
  }
}

function textsOf(trial: Trial): readonly (readonly [place: string, text: string])[] {
  const last = lastObservation(trial)
  const outcome = last?.outcome
  const answer = outcome?.kind === 'returned' ? outcome.text : outcome?.kind === 'threw' ? outcome.message : ''
  return [
    ['answer', answer],
    ['log', last?.log ?? ''],
  ]
}

function withMarker(oracle: Oracle): Oracle {
  return {
    ...oracle,
    *judge(trial) {
      const verdicts = [...oracle.judge(trial)]
      yield* verdicts
      if (verdicts.length > 0) return
      const seen = [...joined(oracle.id, trial)]
      yield* seen.length > 0 ? seen : complaint(oracle.id, trial)
    },
  }
}

/** Two halves stand apart in the event: who writes them as one has run what it was given. */
function* joined(rule: string, trial: Trial): Generator<Verdict> {
  const { injection, steps } = trial.case
  if (injection === null || !isOf(rule, injection.family)) return
  if (steps.some(({ text }) => text.includes(injection.joined))) return
  const place = textsOf(trial).find(([, text]) => text.includes(injection.joined))?.[0]
  if (place === undefined) return
  yield {
    rule,
    canary: guilty(trial),
    sink: answerSink(place),
    anchor: 'outside:joined',
    evidence: `The ${place} holds ${injection.joined}, whose halves stand apart in the event: the payload was run`,
  }
}

const isOf = (rule: string, family: string): boolean => family === rule || family.startsWith(`${rule}-`)

/** What stands behind a gateway can only be seen to fail. */
function withGateway(oracle: Oracle): Oracle {
  if (oracle.id !== 'unhandled-error') return oracle
  return {
    ...oracle,
    *judge(trial) {
      const outcome = lastObservation(trial)?.outcome
      if (outcome?.kind !== 'threw' || outcome.name !== 'FailedBehindGateway') return yield* oracle.judge(trial)
      yield {
        rule: oracle.id,
        canary: null,
        sink: answerSink('status'),
        anchor: 'error:behind-gateway',
        evidence: outcome.message,
        severity: 'low',
        severityReason: 'the client gets a 5xx instead of a 4xx',
      }
    },
  }
}
