import {
  type CaseMaker,
  type Draft,
  getAt,
  type InsertionPoint,
  isJsonObject,
  type Json,
  learnMac,
  learnToken,
  type Mac,
  SHARED_ALGORITHMS,
  type SignedPart,
  SLOT,
  type TextPath,
  type TokenCheck,
  type Trial,
  textsOf,
} from '../model/index.js'
import type { Answering } from './operands.js'
import type { Runner } from './runner.js'

const MOST_PLACES = 4
/** What senders write before a signature. */
const BEFORE = ['', 'sha256=', 'sha1=', 'v0=', 'v1=', 'sha256:']
const TELLING = /sig|hmac|mac|hash|digest|sha\d|token|auth|verif/i
/** Shorter texts stand anywhere by chance. */
const SHORTEST = 6
/** What is signed as a whole, however short. */
const WHOLE = /^(?:body|Body|data|Message)$/
const CLAIMS = /^[\w-]{8,}\.[\w-]{8,}$/

/** The same event, signed as the function wants it, with the key that it checks with. */
export function answeringSigned(maker: CaseMaker, trial: Trial): Answering[] {
  const { macs = [], tokenChecks = [] } = trial.observations[0] ?? {}
  return [
    ...tokenChecks.flatMap((check) => answeringToken(maker, trial, check)),
    ...macs.flatMap((mac) => answeringMac(maker, trial, mac)),
  ]
}

/** What the function wants signed of these drafts: one look at each. */
export async function signedAgain(runner: Runner, maker: CaseMaker, drafts: readonly Draft[]): Promise<readonly Draft[]> {
  const seen = await runner.tryAll(maker, drafts, { mode: 'discover' })
  return seen.flatMap((trial) => answeringSigned(maker, trial)).map(({ draft }) => draft)
}

function answeringMac(maker: CaseMaker, trial: Trial, mac: Mac): Answering[] {
  const key = Buffer.from(mac.key, 'base64')
  const none = { iss: null, aud: null, sub: null }
  const alg = Object.keys(SHARED_ALGORITHMS).find((name) => SHARED_ALGORITHMS[name] === mac.algorithm)
  if (CLAIMS.test(mac.data) && alg !== undefined)
    return answeringToken(maker, trial, { ...none, alg, token: mac.data, key: mac.key })
  const { case: made } = trial
  const parts = partsOf(mac.data, JSON.parse(made.steps.at(-1)!.text) as Json)
  if (parts === undefined) return []
  const forms = mac.as === 'bytes' ? (['hex', 'base64'] as const) : [mac.as]
  return placesFor(maker, trial, mac.data).flatMap((point) =>
    forms.flatMap((as) => {
      const mark = learnMac({ algorithm: mac.algorithm, key, as, parts })
      const leaf = String(getAt(made.draft.wire, point.wire))
      if (leaf.includes(mark)) return []
      return (leaf === SLOT ? BEFORE : ['']).map((before) => ({
        key: `${point.wire} signed ${before}${mark}`,
        draft: maker.withValue(
          made.draft,
          point,
          leaf.replace(PLACE, () => before + mark),
        ),
      }))
    }),
  )
}

/** A marker, or a signature of another event. */
const PLACE = /\{\{canary\}\}|efmac-[0-9a-f]{10}-/

/** Where the signature may stand: free texts that are not signed themselves, those with a telling name before all others. */
function placesFor(maker: CaseMaker, { case: { draft, canaries } }: Trial, data: string): readonly InsertionPoint[] {
  const signed = maker.points(draft).filter(({ wire }) => String(getAt(draft.wire, wire)).includes('efmac-'))
  if (signed.length > 0) return signed
  const free = canaries
    .filter(({ canary, point }) => !data.includes(canary) && String(getAt(draft.wire, point.wire)).includes(SLOT))
    .map(({ point }) => point)
    .filter(({ kind, wire }) => kind === 'leaf' && wire !== '/path')
  const telling = free.filter(({ wire }) => TELLING.test(wire))
  return (telling.length > 0 ? telling : free).slice(0, MOST_PLACES)
}

/** Which texts of the event the data consists of, the longest first; undefined when it holds none of them. */
function partsOf(data: string, event: Json): readonly SignedPart[] | undefined {
  const texts = [...textsOf(event)]
    .filter(({ at, text }) => text.length >= (WHOLE.test(at.at(-1)!) ? 2 : SHORTEST) && data.includes(text))
    .sort((a, b) => b.text.length - a.text.length || a.at.length - b.at.length)
  const parts = split(data, texts)
  return parts.some((part) => 'at' in part) ? parts : undefined
}

function split(data: string, texts: readonly { readonly at: TextPath; readonly text: string }[]): readonly SignedPart[] {
  const found = data === '' ? undefined : texts.find(({ text }) => data.includes(text))
  if (found === undefined) return fixed(data)
  const at = data.indexOf(found.text)
  return [...split(data.slice(0, at), texts), { at: found.at }, ...split(data.slice(at + found.text.length), texts)]
}

const MOMENT = /(?<!\d)(\d{10}|\d{13})(?!\d)/
/** Between the making of the event and this look at it. */
const LATEST_MS = 120_000

/** What is no text of the event; a moment that was just now is the next event's moment there. */
function fixed(text: string): readonly SignedPart[] {
  const [moment = ''] = MOMENT.exec(text) ?? []
  const parts = moment.length === 13 ? 1000 : 1
  if (moment === '' || Math.abs((Number(moment) / parts) * 1000 - Date.now()) > LATEST_MS) return text === '' ? [] : [{ text }]
  const at = text.indexOf(moment)
  return [...fixed(text.slice(0, at)), { now: parts }, ...fixed(text.slice(at + moment.length))]
}

/** A token with the usual claims, in the place of what was checked. */
function answeringToken(maker: CaseMaker, { case: made }: Trial, check: TokenCheck): Answering[] {
  const algorithm = SHARED_ALGORITHMS[check.alg ?? 'HS256']
  // What a public key checks, nobody here can sign.
  if (algorithm === undefined || check.token === '') return []
  const { iss, aud, sub } = check
  const claims = Object.fromEntries(Object.entries({ iss, aud, sub }).filter(([, value]) => value !== null))
  const token = learnToken({ algorithm, key: Buffer.from(check.key, 'base64'), claims })
  if (isJsonObject(getAt(made.wire, '/token'))) return answeringIssued(maker, made.draft, token)
  return maker.points(made.draft).flatMap((point) => {
    const leaf = getAt(made.wire, point.wire)
    const at = point.kind === 'leaf' && typeof leaf === 'string' ? leaf.indexOf(check.token) : -1
    if (at === -1) return []
    const draft = maker.withValue(made.draft, point, String(leaf).slice(0, at) + token)
    return [{ key: `${point.wire} token ${token}`, draft }]
  })
}

const TOKEN: InsertionPoint = { wire: '/token', control: 'attacker', encodings: [], kind: 'object' }

/** An authorizer's token: its claims are those of whoever issues tokens, and so none that a sender could choose. */
function answeringIssued(maker: CaseMaker, draft: Draft, value: string): Answering[] {
  const scheme = getAt(draft.wire, '/token/scheme') ?? ''
  return [{ key: `/token ${value}`, draft: maker.withValue(draft, TOKEN, { kind: 'opaque', scheme, value }) }]
}
