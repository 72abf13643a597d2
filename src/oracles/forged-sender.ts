import { type AwsCall, answerOf, type Oracle, type Trial } from '../model/index.js'

/** First label of a case that comes without and with what says who sends it: see campaign/forged-senders.ts. */
const FORGED_SENDER = 'says who sends it'

/** What only a proxy or AWS may say of a request is taken from the request: whoever writes it there is let in. */
export const forgedSender: Oracle = {
  id: 'forged-sender',
  title: 'A client says itself where it comes from',
  severity: 'high',
  cwe: ['CWE-290', 'CWE-348'],
  owasp: ['S2'],
  proof: 'contract',
  sinks: [],
  experimental: true,
  remediation:
    'Take the address from requestContext (identity.sourceIp, http.sourceIp); verify the signature of x-amzn-oidc-data with the key of the load balancer; tell events by their own top-level fields and by nothing in a body.',
  *judge(trial) {
    const [mark, name = ''] = trial.case.draft.labels
    if (trial.case.stage !== 'sequence' || mark !== FORGED_SENDER) return
    const shown = name.startsWith('body ') ? acted(trial, name.slice(5)) : letIn(trial, name)
    if (shown === undefined) return
    const call = trial.observations.at(-1)?.aws.find(isWrite)
    yield {
      rule: 'forged-sender',
      canary: null,
      sink:
        call === undefined
          ? null
          : { kind: 'aws', api: `${call.service}:${call.operation}`, location: call.location, frames: [] },
      anchor: `sender:${name}`,
      evidence: shown,
    }
  },
}

function letIn(trial: Trial, name: string): string | undefined {
  const [before = 0, after = 0] = statuses(trial)
  return (before === 401 || before === 403) && isGood(after)
    ? `The request is answered ${before}, and ${after} with the header ${name}, which any client can send`
    : undefined
}

/** Without any header, the field alone makes the function write. */
function acted(trial: Trial, name: string): string | undefined {
  const [, after = 0] = statuses(trial)
  const [before = [], then = []] = trial.observations.map(({ aws }) => aws.filter(isWrite))
  const [call] = then
  return before.length === 0 && call !== undefined && isGood(after)
    ? `${call.service}:${call.operation} is called for a request of nobody whose body has ${name} as an event of AWS would, and not without it`
    : undefined
}

const statuses = ({ case: { contract }, observations }: Trial): readonly (number | undefined)[] =>
  observations.map(({ outcome }) => answerOf(contract, outcome)?.status)

const isGood = (status: number): boolean => status >= 200 && status < 300

const isWrite = ({ operation, outcome }: AwsCall): boolean =>
  outcome === 'ok' && /^(?:Put|Update|Delete|Create|Send|Publish|Start|BatchWrite|TransactWrite|Copy|Invoke)/.test(operation)
