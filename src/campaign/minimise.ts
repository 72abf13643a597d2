import type { CaseMaker, Draft } from '../model/index.js'
import type { Runner } from './runner.js'

export interface Minimised {
  readonly draft: Draft
  /** False: the budget ran out first. */
  readonly minimal: boolean
}

/**
 * Leaves out everything the sender may leave out, in halves, then one by one (delta debugging), as long as the same root cause
 * shows. Works on the wire input, so every candidate is one that the service would deliver.
 */
export async function minimise(
  runner: Runner,
  maker: CaseMaker,
  draft: Draft,
  fires: (draft: Draft) => Promise<boolean>,
  most: number,
): Promise<Minimised> {
  let current = draft
  let left = most
  const tried = async (pointers: readonly string[]): Promise<boolean> => {
    if (pointers.length === 0 || left <= 0 || runner.stopped) return false
    left--
    const candidate = maker.without(current, pointers)
    if (!(await fires(candidate))) return false
    current = candidate
    return true
  }
  let pointers: readonly string[] = outermost(maker.removable(current))
  if (await tried(pointers)) pointers = outermost(maker.removable(current))
  let size = Math.ceil(pointers.length / 2)
  while (pointers.length > 0 && size >= 1 && left > 0 && !runner.stopped) {
    let removed = false
    // From the end: the numbers of earlier list items stay true.
    for (let end = pointers.length; end > 0; end -= size)
      removed = (await tried(pointers.slice(Math.max(0, end - size), end))) || removed
    if (removed) pointers = maker.removable(current)
    else if (size === 1) break
    size = removed ? Math.min(size, Math.max(1, pointers.length)) : Math.ceil(size / 2)
  }
  return { draft: current, minimal: left > 0 }
}

/** Containers stand for what they hold: removing both at once is one removal. */
const outermost = (pointers: readonly string[]): string[] =>
  pointers.filter((pointer) => !pointers.some((other) => pointer !== other && pointer.startsWith(`${other}/`)))
