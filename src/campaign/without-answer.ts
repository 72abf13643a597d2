import type { CaseMaker, Draft, Trial, Verdict, WebMode } from '../model/index.js'
import type { Judged, Runner } from './runner.js'

/** What they say may be about the shape of an answer that we made up. */
const SHAPED: ReadonlySet<string> = new Set(['unhandled-error', 'poison-message', 'malformed-response'])
/** Each of these ends the process: one execution costs a swap. */
export const COSTLY: ReadonlySet<string> = new Set(['hang', 'crash', 'redos'])
/** Rules that speak of how an execution ended. */
export const ENDS: ReadonlySet<string> = new Set([...SHAPED, ...COSTLY])

/** A host that is none of AWS's was given an answer of ours. */
export const consumedAnswer = ({ observations }: Trial): boolean =>
  observations.some(({ web = [] }) => web.some(({ invented }) => invented))

/**
 * Whether a verdict hangs on the answer that we made up for another host. `no`: it shows the same where the request is refused, as any
 * network may. `perhaps`: it shows the same where the answer is `null`, so that nothing was read from it. `yes`: anything else; the
 * owner's own host may never answer so.
 */
export async function hangsOnAnswer(
  runner: Runner,
  maker: CaseMaker,
  draft: Draft,
  shown: { readonly trial: Trial; readonly verdict: Verdict },
  same: (trial: Trial) => Judged | undefined,
): Promise<'no' | 'perhaps' | 'yes'> {
  const { rule } = shown.verdict
  if (!ENDS.has(rule) || !consumedAnswer(shown.trial)) return 'no'
  // What was asked before any event is answered as ever.
  const atLoad = shown.trial.observations.some(({ web = [] }) => web.some(({ n }) => n === null))
  const shows = async (web: WebMode): Promise<boolean> => {
    await runner.session.renew()
    const [one] = await runner.tryAll(maker, [draft], { full: true, web })
    const judged = one && same(one)
    // An error may have another cause at the same place: its words tell.
    return judged !== undefined && (COSTLY.has(rule) || wordsOf(judged.verdict) === wordsOf(shown.verdict))
  }
  const hangs = (await shows('refused')) ? 'no' : COSTLY.has(rule) || (!atLoad && (await shows('null'))) ? 'perhaps' : 'yes'
  await runner.session.renew()
  return hangs
}

/** Markers are others in each run. */
const wordsOf = ({ evidence }: Verdict): string => evidence.replace(/ef[a-z2-7]{10}z|\b\d{9}\b/gi, '#')
