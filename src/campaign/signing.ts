import { createHmac } from 'node:crypto'
import {
  type CaseMaker,
  type Comparison,
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
const HASHES = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])
/** Texts that signed data may consist of; nobody joins more. */
const MOST_PARTS = 32
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

/** The signature of this very event was asked for: as a text it would be the next event's no more. */
export function isSignature({ observations }: Trial): (comparison: Comparison) => boolean {
  const { macs = [] } = observations[0] ?? {}
  const made = macs
    .filter(({ algorithm }) => HASHES.has(algorithm))
    .map(({ algorithm, key, data }) => createHmac(algorithm, Buffer.from(key, 'base64')).update(data).digest())
  const texts = made.flatMap((bytes) => FORMS.map((form) => bytes.toString(form)))
  return ({ other }) => texts.some((text) => String(other).includes(text))
}

const FORMS = ['hex', 'base64', 'base64url'] as const

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
  // What the process says of itself is not to be believed.
  if (!HASHES.has(mac.algorithm)) return []
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

/** From left to right: the longest text that stands there next, and what is fixed before it. */
function split(data: string, texts: readonly { readonly at: TextPath; readonly text: string }[]): readonly SignedPart[] {
  const parts: SignedPart[] = []
  let left = [data]
  while (left.length > 0 && parts.length <= MOST_PARTS) {
    const [piece = '', ...rest] = left
    const found = texts.find(({ text }) => piece.includes(text))
    const at = found === undefined ? -1 : piece.indexOf(found.text)
    if (found === undefined) parts.push(...fixed(piece))
    else if (at === 0) parts.push({ at: found.at })
    // Before it a shorter text may stand.
    left =
      found === undefined
        ? rest
        : [...(at === 0 ? [] : [piece.slice(0, at), found.text]), piece.slice(at + found.text.length), ...rest]
    left = left.filter((one) => one !== '')
  }
  return parts.length > MOST_PARTS ? [] : parts
}

const MOMENT = /(?<!\d)(\d{10}|\d{13})(?!\d)/
/** Between the making of the event and this look at it. */
const LATEST_MS = 120_000

/** What is no text of the event; a moment that was just now is the next event's moment there. */
function fixed(text: string): readonly SignedPart[] {
  const [moment = ''] = MOMENT.exec(text) ?? []
  const parts = moment.length === 13 ? 1000 : 1
  if (moment === '' || Math.abs((Number(moment) / parts) * 1000 - Date.now()) > LATEST_MS) return [{ text }]
  const at = text.indexOf(moment)
  return [{ text: text.slice(0, at) }, { now: parts }, { text: text.slice(at + moment.length) }]
}

/** A token with the usual claims, in the place of what was checked. */
function answeringToken(maker: CaseMaker, { case: made }: Trial, check: TokenCheck): Answering[] {
  const alg = check.alg ?? 'HS256'
  const algorithm = Object.hasOwn(SHARED_ALGORITHMS, alg) ? SHARED_ALGORITHMS[alg] : undefined
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
