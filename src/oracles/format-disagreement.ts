import { type AwsCall, answerOf, isJsonObject, type Observation, type Oracle, type Trial } from '../model/index.js'

/** First label of a case that brings one request in two formats: see campaign/formats.ts. */
const TWO_FORMATS = 'in two formats'

/** The same request is refused in one payload format and served in another, or only reads in one and writes in the other. */
export const formatDisagreement: Oracle = {
  id: 'format-disagreement',
  title: 'Two payload formats of one request are decided differently',
  severity: 'high',
  cwe: ['CWE-863', 'CWE-436'],
  owasp: ['S2'],
  proof: 'contract',
  sinks: [],
  experimental: true,
  remediation:
    'Read method, path, headers and identity of either format in one place (header names in small letters, the stage cut off), and let checks and routes use only what it returns.',
  *judge(trial) {
    const [mark, kind = '', first = '', second = '', why] = trial.case.draft.labels
    if (trial.case.stage !== 'sequence' || mark !== TWO_FORMATS) return
    const shown = kind === 'refused' ? admitted(trial, first, second) : written(trial, first, second)
    if (shown === undefined) return
    const call = trial.observations.at(-1)?.aws[0]
    yield {
      rule: 'format-disagreement',
      canary: null,
      sink:
        call === undefined
          ? null
          : { kind: 'aws', api: `${call.service}:${call.operation}`, location: call.location, frames: [] },
      anchor: `formats:${kind}:${second}`,
      evidence: `${methodOf(trial)} ${shown}`,
      ...(why === 'trigger'
        ? { severityReason: 'both are triggers of the function' }
        : { severity: 'medium' as const, severityReason: 'where requests of both formats reach the function' }),
    }
  },
}

/** Refused where another request is not, and served in the other format whoever asks: what looks at the caller never ran there. */
function admitted({ observations, ...trial }: Trial, first: string, second: string): string | undefined {
  const [known, refused, bare, served] = observations.map((one) => statusOf(trial.case.contract, one))
  if (refused !== 401 && refused !== 403) return undefined
  if (known === undefined || known === 401 || known === 403) return undefined
  if (![bare, served].every((status) => status !== undefined && status >= 200 && status < 300)) return undefined
  return `is answered ${refused} as an event of ${first}, and ${served} as one of ${second}, with headers and cookies or without`
}

/** Asked for with GET: one format only reads, the other writes and does not read the same. */
function written(trial: Trial, first: string, second: string): string | undefined {
  const [before, after] = trial.observations
  if (before === undefined || after === undefined || methodOf(trial) !== 'GET') return undefined
  const reads = before.aws.filter(isRead)
  const write = after.aws.find((call) => !isRead(call) && WRITES.test(call.operation))
  if (reads.length === 0 || reads.length < before.aws.length || write === undefined) return undefined
  if (after.aws.some((call) => before.aws.some((one) => one.operation === call.operation))) return undefined
  return `calls ${reads[0]!.service}:${reads[0]!.operation} as an event of ${first}, and ${write.service}:${write.operation} as one of ${second}`
}

const WRITES = /^(?:Put|Update|Delete|Create|Send|Publish|Start|BatchWrite|TransactWrite|Copy|Invoke)/
const isRead = ({ operation }: AwsCall): boolean => /^(?:Get|Query|Scan|List|Head|BatchGet|Describe)/.test(operation)

const statusOf = (contract: Trial['case']['contract'], { outcome }: Observation): number | undefined =>
  answerOf(contract, outcome)?.status

function methodOf({ case: { wire } }: Trial): string {
  const method = isJsonObject(wire) ? wire['method'] : ''
  return typeof method === 'string' ? method : ''
}
