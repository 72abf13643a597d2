import { type CaseMaker, type Comparison, type Draft, getAt, type Trial } from '../model/index.js'
import { type Answering, answering, answeringNumber, numeric } from './operands.js'
import { deeper, lengthened, otherwise, texted } from './other-shapes.js'
import type { Runner } from './runner.js'
import { answeringSigned, isSignature } from './signing.js'

const BATCH = 16
const DEEPEST = 8
/** Answers that wait for a look when the looks are used up, and are looked into later. */
const MOST_LEFT = 8
/** Answers to one question on one way: what is still asked then is not answered so. */
const MOST_ASKED = 2

/** A draft that answers a comparison of `before`; `opened`: the function then asked something new. */
export interface Climbed {
  readonly draft: Draft
  readonly before: Draft
  opened: boolean
}

interface Standing {
  readonly draft: Draft
  readonly depth: number
  readonly from: Climbed | undefined
  /** What was answered on the way here. */
  readonly asked: readonly string[]
}

/**
 * Gets behind conditions one by one: looks what a draft's data is compared with, answers it, and looks again. Discovery runs
 * only. `seen` holds what was answered before, for all drafts of a unit; `most` bounds the looks.
 */
export async function climb(
  runner: Runner,
  maker: CaseMaker,
  start: Draft,
  seen: Set<string>,
  most: number,
): Promise<readonly Climbed[]> {
  const found: Climbed[] = []
  let standing: Standing[] = [{ draft: start, depth: 0, from: undefined, asked: [] }]
  for (const long of [...lengthened(start), ...texted(maker, start), ...otherwise(start), ...deeper(start)]) {
    if (seen.has(JSON.stringify(long.wire))) continue
    seen.add(JSON.stringify(long.wire))
    const climbed: Climbed = { draft: long, before: start, opened: false }
    found.push(climbed)
    standing.push({ draft: long, depth: 1, from: climbed, asked: [] })
  }
  let looks = 0
  while (standing.length > 0 && looks < most && !runner.stopped) {
    const now = standing.slice(0, BATCH)
    looks += now.length * 2
    const next: Standing[] = []
    for (const { at, answers, missing, fresh } of await look(runner, maker, now)) {
      // With other fields the same answer may lead elsewhere.
      const fields = maker.points(at.draft).length
      const behind = contextOf(at)
      // It goes where none went, or looks for more than it did before: that is worth growing.
      if (at.from !== undefined && fresh > 0) at.from.opened = true
      for (const pointer of missing) {
        if (at.from !== undefined && !seen.has(`missing ${pointer}`)) at.from.opened = true
        seen.add(`missing ${pointer}`)
      }
      for (const answer of answers) {
        const { question = answer.key } = answer
        const way = untried(answer, `${answer.key} ${fields} ${behind}`, seen)
        if (way === undefined || at.asked.filter((one) => one === question).length >= MOST_ASKED) continue
        const { key, draft } = way
        seen.add(key)
        if (at.from !== undefined && draft === answer.draft) at.from.opened = true
        const wire = JSON.stringify(draft.wire)
        if (seen.has(wire)) continue
        seen.add(wire)
        const climbed: Climbed = { draft, before: at.draft, opened: false }
        found.push(climbed)
        if (at.depth < DEEPEST) next.push({ draft, depth: at.depth + 1, from: climbed, asked: [...at.asked, question] })
      }
    }
    // The furthest first: what is behind two conditions is worth more than another answer to the first.
    standing = [...next, ...standing.slice(BATCH)]
  }
  // What nobody came to look at any more is not known to lead nowhere.
  for (const { from } of standing.slice(0, MOST_LEFT)) if (from !== undefined) from.opened = true
  return found
}

/** Which request it is: one check that all routes go through is to be passed for each of them. */
const contextOf = ({ draft: { wire } }: Standing): string =>
  `${String(getAt(wire, '/method') ?? '')} ${String(getAt(wire, '/route') ?? '')}`

/** The answer; where it was given and the same is asked again, the first of its other cases that was not tried. */
const untried = ({ draft, otherwise = [] }: Answering, key: string, seen: ReadonlySet<string>) =>
  [draft, ...otherwise]
    .map((one, i) => ({ draft: one, key: i === 0 ? key : `${key} case ${i}` }))
    .find((one) => !seen.has(one.key))

interface Looked {
  readonly at: Standing
  readonly answers: readonly Answering[]
  readonly missing: readonly string[]
  /** Places of the code that were reached for the first time. */
  readonly fresh: number
}

/** Each draft once with canaries and once with numbers, and what would answer what was seen. */
async function look(runner: Runner, maker: CaseMaker, standing: readonly Standing[]): Promise<readonly Looked[]> {
  const numbers = standing.map(({ draft }) => numeric(maker, draft))
  const counting = numbers.filter(({ points }) => points.length > 0)
  const drafts = [...standing.map(({ draft }) => draft), ...counting.map(({ draft }) => draft)]
  const trials = await runner.tryAll(maker, drafts, { mode: 'discover' })
  const of = (draft: Draft): Trial | undefined => trials.find((trial) => trial.case.draft === draft)
  return standing.map((at, i) => {
    const [plain, counted] = [of(at.draft), of(numbers[i]!.draft)]
    const compared = (trial: Trial | undefined) => {
      const signed = trial === undefined ? () => false : isSignature(trial)
      return (trial?.observations[0]?.compared ?? []).filter((one) => !signed(one))
    }
    return {
      at,
      missing: plain?.observations[0]?.missing ?? [],
      fresh: plain?.observations[0]?.fresh ?? 0,
      answers: [
        ...(plain === undefined ? [] : answeringSigned(maker, plain)),
        ...compared(plain).flatMap((one) => placed(one, answering(maker, plain!, one))),
        ...compared(counted).flatMap((one) => placed(one, answeringNumber(maker, at.draft, numbers[i]!.points, one))),
      ],
    }
  })
}

/** The same question at another place of the code is asked behind other conditions, and is another one. */
const placed = ({ at }: Comparison, answers: readonly Answering[]): readonly Answering[] =>
  at === undefined
    ? answers
    : answers.map(({ key, question = key, ...answer }) => ({ ...answer, question, key: `${key} @${at}` }))
