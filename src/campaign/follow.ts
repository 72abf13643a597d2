import type { Budget } from './budget.js'
import type { Judge } from './judge.js'
import type { Runner } from './runner.js'
import type { Lead } from './second-order.js'
import type { Step } from './steps.js'

/** Share of a unit's budget that second-order attacks leave to what comes after them. */
const KEPT = 0.2
const BATCH = 32

/** Attacks where data that was put there before was seen in a sink. */
export async function* follow(runner: Runner, judge: Judge, leads: AsyncIterable<Lead>, budget: Budget): AsyncGenerator<Step> {
  for await (const lead of leads) {
    for (let from = 0; from < lead.drafts.length && !budget.spent && budget.share > KEPT; from += BATCH)
      for (const trial of await runner.tryAll(lead.maker, lead.drafts.slice(from, from + BATCH)))
        yield* judge.judge(lead.maker, lead.accepted, trial, ({ proof }) => proof === 'injection')
  }
}
