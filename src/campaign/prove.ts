import type { CaseMaker, Confidence, Draft, Trial, Verdict } from '../model/index.js'
import { blame, freeFields } from './blame.js'
import { differing } from './differing.js'
import { mayBeSame } from './fingerprint.js'
import { minimise } from './minimise.js'
import type { Judged, Runner } from './runner.js'
import { COSTLY, ENDS, hangsOnAnswer } from './without-answer.js'

/** A verdict that held in fresh processes, on the smallest event that shows it. */
export interface Proven {
  readonly trial: Trial
  readonly verdict: Verdict
  readonly confidence: Confidence
  readonly reproduced: { readonly k: number; readonly n: number }
  readonly minimal: boolean
  /** An honest event that the rule is silent on. */
  readonly honest: Trial | null
  /** Event pointers that it hangs on, where no marker says so. */
  readonly blamed: readonly string[]
}

const RUNS = 3
const MOST_MINIMISING = 120
const MOST_COSTLY = 16

/** Confirms and minimises; undefined when it does not hold in a fresh process or its benign control shows the same. */
export async function prove(
  runner: Runner,
  maker: CaseMaker,
  { verdict, fingerprint }: Judged,
  trial: Trial,
  accepted: readonly Draft[],
): Promise<Proven | undefined> {
  const same = (one: Trial) => {
    const all = runner.judge(one)
    return all.find((judged) => judged.fingerprint === fingerprint) ?? all.find((judged) => mayBeSame(judged.verdict, verdict))
  }
  const fires = async (draft: Draft, full = false): Promise<boolean> => {
    const [one] = await runner.tryAll(maker, [draft], { full })
    return one !== undefined && same(one) !== undefined
  }
  await runner.session.renew()
  if (!(await fires(trial.case.draft, true))) return undefined
  const most = COSTLY.has(verdict.rule) ? MOST_COSTLY : MOST_MINIMISING
  const { draft, minimal } = await minimise(runner, maker, trial.case.draft, fires, most)
  const shown = await confirm(runner, maker, draft, same)
  if (shown === undefined || runner.stopped) return undefined
  const honest = await honestTwin(runner, maker, verdict, draft, accepted, same)
  if (honest === 'shows the same') return undefined
  const hangs = await hangsOnAnswer(runner, maker, draft, shown, same)
  if (hangs === 'yes' || runner.stopped) return undefined
  const invented = hangs === 'perhaps' || consumedAws(verdict, shown.trial)
  const confidence = invented || shown.k < RUNS ? 'tentative' : 'confirmed'
  const unmarked = shown.verdict.canary === null && draft.placed === null && runner.oracle(verdict.rule).proof === 'robustness'
  const free = unmarked ? freeFields(maker, shown.trial.case) : []
  const nearest = honest?.case.draft ?? accepted[0]
  const blamed = unmarked && free.length === 0 && nearest ? await blame(runner, maker, draft, nearest, fires) : free
  return { trial: shown.trial, verdict: shown.verdict, confidence, reproduced: { k: shown.k, n: RUNS }, minimal, honest, blamed }
}

/** It may hang on what we made up for AWS. */
const consumedAws = ({ rule }: Verdict, { observations }: Trial): boolean =>
  ENDS.has(rule) && observations.some(({ aws }) => aws.some(({ invented }) => invented))

async function confirm(runner: Runner, maker: CaseMaker, draft: Draft, same: (trial: Trial) => Judged | undefined) {
  let last: { trial: Trial; verdict: Verdict } | undefined
  let k = 0
  for (let i = 0; i < RUNS && !runner.stopped; i++) {
    await runner.session.renew()
    // Other canaries each time: a second marker must fire as the first did.
    const [one] = await runner.tryAll(maker, [draft], { full: true })
    const judged = one === undefined ? undefined : same(one)
    if (one === undefined || judged === undefined) continue
    k++
    last = { trial: one, verdict: judged.verdict }
  }
  return last === undefined ? undefined : { ...last, k }
}

/** Those that differ least from the draft first. */
const nearestOf = (draft: Draft, drafts: readonly Draft[]): Draft[] =>
  drafts
    .map((one) => ({ one, distance: differing(one.wire, draft.wire).length }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ one }) => one)

/** The benign control of a payload, or an honest event: the rule must be silent on it. */
async function honestTwin(
  runner: Runner,
  maker: CaseMaker,
  verdict: Verdict,
  draft: Draft,
  accepted: readonly Draft[],
  same: (trial: Trial) => Judged | undefined,
): Promise<Trial | null | 'shows the same'> {
  const proof = runner.oracle(verdict.rule).proof
  if (proof === 'contract') return null // Honest events show it too: that is what is wrong.
  // The benign twin of the minimal event is the nearest honest one.
  const twin = draft.placed === null ? [] : [maker.control(draft)]
  const candidates =
    proof === 'injection'
      ? twin
      : [...twin, ...(draft.base === null ? [] : [draft.base]), ...nearestOf(draft, accepted).slice(0, 3)]
  let honest: Trial | null = null
  for (const candidate of candidates) {
    const [one] = await runner.tryAll(maker, [candidate], { full: true, control: true })
    if (one === undefined) continue
    if (same(one) === undefined) return one
    if (proof === 'injection') return 'shows the same'
    honest = null
  }
  return honest ?? (accepted.length > 0 || proof === 'injection' ? null : 'shows the same')
}
