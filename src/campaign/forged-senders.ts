import { type CaseMaker, type Draft, isJsonObject, type Json, type JsonObject, SLOT, type Trial } from '../model/index.js'
import { climb } from './climb.js'
import type { Runner } from './runner.js'
import { withoutIdentity } from './single-requests.js'
import { isServed, statusIn } from './status-in.js'
import type { Variant } from './variant.js'

/** First label of a draft that says to come from somebody else than it does: see oracles/forged-sender.ts. */
const FORGED_SENDER = 'says who sends it'
const MOST_REFUSED = 3
const MOST_SERVED = 8
const MOST_LOOKS = 48

/** Headers that a proxy or a load balancer writes, and what a client may write there instead. */
const HEADERS: Readonly<Record<string, string>> = {
  'x-forwarded-for': SLOT,
  'x-real-ip': SLOT,
  'x-client-ip': SLOT,
  'true-client-ip': SLOT,
  'cf-connecting-ip': SLOT,
  'cloudfront-viewer-address': SLOT,
  'x-amzn-oidc-identity': SLOT,
}
const HTTP = new Set(['apigw-v1', 'apigw-v2', 'function-url', 'alb'])

interface Forged {
  readonly maker: CaseMaker
  readonly trial: Trial
  readonly accepted: readonly Draft[]
}

/** Runs requests that say who sends them, each after the same request without that. */
export async function* forgedSenders(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Forged> {
  if (!HTTP.has(maker.source)) return
  const requests = [...served(variants), ...(await lured(runner, maker, variants))]
  const done = new Set<string>()
  for (const draft of requests) {
    for (const { name } of saysIn(maker, draft.wire)) {
      if (runner.stopped || done.has(name)) continue
      const both = afterwards(maker)
      const [trial] = await runner.tryAll(both, [{ ...draft, stage: 'sequence', base: null, labels: [FORGED_SENDER, name] }])
      if (trial === undefined) continue
      if (isServed(trial)) done.add(name)
      yield { maker: both, trial, accepted: [draft] }
    }
  }
}

const served = (variants: readonly Variant[]): readonly Draft[] =>
  variants
    .filter(({ trial }) => isServed(trial))
    .slice(-MOST_SERVED)
    .reverse()
    .map(({ draft }) => draft)

/** What was refused for want of a caller, with each of the headers that the function looks at, and what it compares them with. */
async function lured(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): Promise<readonly Draft[]> {
  const refused = variants.filter(({ trial }) => [401, 403].includes(statusIn(trial))).slice(-MOST_REFUSED)
  const found: Draft[] = []
  for (const { draft } of refused) {
    const [seen] = await runner.tryAll(maker, [draft], { mode: 'discover' })
    const { reads = [], missing = [] } = seen?.observations[0] ?? {}
    const looked = new Set([...reads, ...missing].map((pointer) => /eaders\/([^/]+)/.exec(pointer)?.[1]?.toLowerCase()))
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!looked.has(name)) continue
      const start = withHeader(draft, name, value)
      const climbed = await climb(runner, maker, start, new Set(), MOST_LOOKS)
      const tried = await runner.tryAll(maker, [start, ...climbed.map((one) => one.draft)])
      found.push(...tried.filter(isServed).map((trial) => trial.case.draft))
    }
  }
  return found
}

const withHeader = (draft: Draft, name: string, value: string): Draft => {
  const wire = draft.wire as JsonObject
  return { ...draft, wire: { ...wire, headers: { ...(wire['headers'] as JsonObject), [name]: [value] } } }
}

interface Says {
  readonly name: string
  readonly without: Json
}

/** What of a request says who sends it, and the request without. A load balancer writes its own headers over those of clients. */
function saysIn({ source }: CaseMaker, wire: Json): readonly Says[] {
  const { headers, body } = wire as { headers?: JsonObject; body?: JsonObject }
  const names = Object.keys(headers ?? {}).filter(
    (name) => Object.hasOwn(HEADERS, name.toLowerCase()) && !(source === 'alb' && name.startsWith('x-amzn-oidc')),
  )
  const value = body?.['kind'] === 'json' ? (body['value'] ?? null) : null
  return [
    ...names.map((name) => ({
      name,
      without: { ...(wire as JsonObject), headers: { ...headers, [name]: undefined } } as unknown as Json,
    })),
    ...eventKeys(value).map((name) => ({
      name: `body ${name}`,
      without: {
        ...(wire as JsonObject),
        body: { ...body, value: { ...(value as JsonObject), [name]: undefined } },
      } as unknown as Json,
    })),
  ].map(({ name, without }) => ({ name, without: JSON.parse(JSON.stringify(without)) as Json }))
}

/** Fields by which events of AWS are told from requests: no client has a reason to send them. */
function eventKeys(value: Json): readonly string[] {
  if (!isJsonObject(value)) return []
  const { source, Records: records } = value
  const [record] = Array.isArray(records) ? (records as readonly Json[]) : []
  const ofRecord = isJsonObject(record ?? null)
    ? ((record as JsonObject)['eventSource'] ?? (record as JsonObject)['EventSource'])
    : ''
  return [
    ...(typeof source === 'string' && /^aws\.[a-z]/.test(source) ? ['source'] : []),
    ...(value['detail-type'] === 'Scheduled Event' ? ['detail-type'] : []),
    ...(typeof ofRecord === 'string' && ofRecord.startsWith('aws:') ? ['Records'] : []),
  ]
}

/** A maker whose cases are the request without what it says of its sender, then with; a body says it for nobody who is known otherwise. */
function afterwards(maker: CaseMaker): CaseMaker {
  return {
    ...maker,
    render(draft, number) {
      const [mark, name = ''] = draft.labels
      if (mark !== FORGED_SENDER) return maker.render(draft, number)
      const wire = name.startsWith('body ') ? withoutIdentity(draft.wire as JsonObject) : draft.wire
      const says = saysIn(maker, wire).find((one) => one.name === name)
      const before = says === undefined ? undefined : maker.render({ ...draft, wire: says.without }, number)
      const last = maker.render({ ...draft, wire }, number)
      return before === undefined || last === undefined ? undefined : { ...last, steps: [...before.steps, ...last.steps] }
    },
  }
}
