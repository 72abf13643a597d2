import {
  canariesIn,
  type Effect,
  type Observation,
  type Oracle,
  type PlantedCanary,
  type Sink,
  type Step,
  type Trial,
} from '../model/index.js'
import { sinkOf } from './region.js'

/** What an earlier event brought comes out with a later one: it was kept in a variable or a file that outlives the invocation. */
export const stateLeak: Oracle = {
  id: 'state-leak',
  title: 'Data of one invocation comes out of another',
  severity: 'high',
  cwe: ['CWE-488', 'CWE-567'],
  owasp: ['S9'],
  proof: 'state',
  sinks: [],
  remediation:
    'Keep what belongs to a request inside the handler; module variables live as long as the process and serve other callers. Caches need a key that names whose data it is.',
  *judge(trial) {
    const [first, second] = trial.observations
    const [before, after] = trial.case.steps
    if (trial.case.stage !== 'sequence' || first === undefined || second === undefined || before?.text === after?.text) return
    if (first.outcome.kind !== 'returned' || second.outcome.kind !== 'returned') return
    const own = broughtBy(after!)
    // What was stored where it can be read back from is another matter.
    const stored = new Set(storedBy(first))
    const theirs = [...canariesIn(before!.text), ...personal(first, before!)].filter(
      (canary) => !own.includes(canary) && !stored.has(canary),
    )
    const found = seenIn(trial, second).find(({ text }) => theirs.some((canary) => text.includes(canary)))
    if (found === undefined) return
    const leaked = theirs.find((canary) => found.text.includes(canary))!
    const from = before!.text.toLowerCase().includes(leaked)
      ? 'which only the first one brought'
      : 'which AWS answered for the sender of the first one alone'
    yield {
      rule: 'state-leak',
      canary: sameField(trial, leaked),
      sink: found.sink,
      anchor: `state:${found.sink.kind}:${found.sink.api}`,
      evidence: `${found.what} of the second event holds ${leaked}, ${from}`,
      ...(found.sink.kind === 'response' ? {} : { severity: 'medium', severityReason: 'it reaches a call, not another sender' }),
    }
  },
}

/** What an event, and AWS while it is looked at, say. */
const broughtBy = ({ text, answers = [] }: Step): readonly string[] => canariesIn(text + JSON.stringify(answers))

/** What AWS answered to a call that names the sender: settings of all are no secret of one. */
function personal({ aws }: Observation, { text, answers = [] }: Step): readonly string[] {
  const sent = new Set(canariesIn(text))
  const asked = aws.filter(({ params }) => canariesIn(JSON.stringify(params)).some((canary) => sent.has(canary)))
  const given = answers.filter(({ service, operation }) =>
    asked.some((call) => call.service === service && call.operation === operation),
  )
  return canariesIn(JSON.stringify(given))
}

interface Seen {
  readonly what: string
  readonly sink: Sink
  readonly text: string
}

/** Contracts whose answer goes back to whoever sent the event. */
const ANSWERED = new Set(['proxy-v1', 'proxy-v2', 'websocket', 'direct', 'authorizer', 'cognito'])
const CALLS = new Set(['aws', 'sql', 'nosql', 'http', 'process'])

function seenIn({ case: { contract } }: Trial, { outcome, effects, web = [] }: Observation): readonly Seen[] {
  const answer: Sink = { kind: 'response', api: 'answer', location: null, frames: [] }
  return [
    ...(ANSWERED.has(contract) && outcome.kind === 'returned'
      ? [{ what: 'The answer', sink: answer, text: outcome.text.toLowerCase() }]
      : []),
    ...effects
      .filter(({ kind }) => CALLS.has(kind))
      .map((effect) => ({ what: effect.api, sink: { ...sinkOf(effect), frames: [] }, text: textOf(effect) })),
    ...web.map(({ method, host, sent }) => ({
      what: `${method} ${host}`,
      sink: { kind: 'http' as const, api: `${method} ${host}`, location: null, frames: [] },
      text: sent.toLowerCase(),
    })),
  ]
}

const textOf = (effect: Observation['effects'][number]): string => JSON.stringify(effect).toLowerCase()

const storedBy = ({ effects }: Observation): readonly string[] =>
  effects
    .filter((effect) => CALLS.has(effect.kind) && !isReading(effect) && !isTelling(effect))
    .flatMap((effect) => canariesIn(JSON.stringify(effect)))

const READS = /^(?:(?:Batch)?Get|Query|Scan|List|Describe|Head|Search|Select)/

/** Whoever only asks with a value stores nothing of it. */
const isReading = (effect: Effect): boolean =>
  (effect.kind === 'aws' && READS.test(effect.operation)) || (effect.kind === 'sql' && /^\s*select\b/i.test(effect.text))

/** What is told to somebody comes back from nowhere. */
const isTelling = (effect: Effect): boolean =>
  (effect.kind === 'http' && effect.answered === 'synthetic') ||
  (effect.kind === 'aws' &&
    /^(?:PostToConnection|Publish|Send(?:Raw|Templated|Bulk)?(?:Templated)?Email)$/.test(effect.operation))

/** Both events have the same form: the field of the second that the leaked data stands in, in the first. */
function sameField({ case: { steps, canaries } }: Trial, leaked: string): PlantedCanary | null {
  const [theirs, mine] = steps.map(({ text }) => canariesIn(text))
  const own = theirs?.length === mine?.length ? mine?.[theirs!.indexOf(leaked)] : undefined
  return canaries.find(({ canary }) => canary === own) ?? null
}
