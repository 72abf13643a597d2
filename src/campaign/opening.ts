import type { CaseMaker, Draft } from '../model/index.js'
import type { Runner } from './runner.js'

/** Those of the drafts that reach code which nothing reached before them: their answers alone may all be the same. */
export async function opening(runner: Runner, maker: CaseMaker, drafts: readonly Draft[]): Promise<readonly Draft[]> {
  if (drafts.length === 0) return []
  const seen = await runner.tryAll(maker, drafts, { mode: 'discover' })
  return seen.filter(({ observations }) => (observations[0]?.fresh ?? 0) > 0).map((trial) => trial.case.draft)
}
