import type { CaseMaker, Draft, Json } from '../model/index.js'
import { SLOT } from './plausible.js'
import type { Runner } from './runner.js'

const ROUNDS = 6
const MOST_SUPPLIED = 32
const MOST_RUNS = 40
const SHAPES: readonly Json[] = [{}, [{}], [SLOT]]

/**
 * Discovery: supplies what the function looks for and does not find, round by round, in the shape that makes it look further.
 * Runs under a view of the event that changes behaviour, so nothing seen here is ever a finding.
 */
export async function grow(runner: Runner, maker: CaseMaker, start: Draft): Promise<Draft> {
  const state: Growth = { draft: start, tried: new Set(), runs: 0, depth: 0 }
  for (let round = 0; round < ROUNDS && state.runs < MOST_RUNS && !runner.stopped; round++) {
    const looked = await look(runner, maker, state, state.draft)
    const wanted = looked.missing.filter((pointer) => !state.tried.has(pointer)).slice(0, MOST_SUPPLIED)
    let supplied = 0
    for (const pointer of wanted) {
      state.tried.add(pointer)
      const next = maker.supply(state.draft, pointer, SLOT)
      if (next === undefined || next === state.draft) continue
      state.draft = next
      supplied++
      if (pointer.includes('#json/')) await reshape(runner, maker, state, pointer)
    }
    if (supplied === 0) break
  }
  return state.draft
}

interface Growth {
  draft: Draft
  tried: Set<string>
  runs: number
  depth: number
}

async function look(runner: Runner, maker: CaseMaker, state: Growth, draft: Draft): Promise<{ reads: readonly string[]; missing: readonly string[] }> {
  state.runs++
  const [trial] = await runner.tryAll(maker, [draft], { mode: 'discover' })
  return trial?.observations[0] ?? { reads: [], missing: [] }
}

/** Tries an object and a list where a text was supplied, and keeps the shape below which the function looks further. */
async function reshape(runner: Runner, maker: CaseMaker, state: Growth, pointer: string): Promise<void> {
  for (const shape of SHAPES) {
    if (state.runs >= MOST_RUNS || runner.stopped) return
    const shaped = maker.supply(state.draft, pointer, shape)
    if (shaped === undefined) return
    const { reads, missing } = await look(runner, maker, state, shaped)
    // Below a list the items are what is looked at; methods of a text or a list are no keys of it.
    const below = [...reads, ...missing].filter((one) => one.startsWith(`${pointer}/`) && !/\/(?:\d+|length)$/.test(one.slice(pointer.length)))
    const items = Array.isArray(shape) && reads.some((one) => one === `${pointer}/0`)
    if (below.length === 0 && !(items && shape[0] === SLOT)) continue
    state.draft = shaped
    return
  }
}
