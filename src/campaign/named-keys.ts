import { type CaseMaker, type Draft, getAt, isJsonObject, SLOT } from '../model/index.js'
import { isRefused } from './refused.js'
import type { Variant } from './variant.js'

const MOST_NAMES = 24

/**
 * An object that is spread or merged as a whole takes the names that are read of the result: `{ ...defaults, ...options }` and
 * then `settings.bucket`. All names that the code reads at once, in each object that it goes through.
 */
export const withNames = (maker: CaseMaker, { draft, trial, listed }: Variant, names: readonly string[]): readonly Draft[] =>
  isRefused(trial)
    ? []
    : maker
        .points(draft)
        .filter(({ kind, wire, encodings }) => kind === 'object' && listed.has(wire) && encodings.at(-1) === 'json-string')
        .map((point) => {
          const before = getAt(draft.wire, point.wire)
          const object = isJsonObject(before) ? before : {}
          const added = names.filter((name) => !Object.hasOwn(object, name)).slice(0, MOST_NAMES)
          return maker.withValue(draft, point, { ...Object.fromEntries(added.map((name) => [name, SLOT])), ...object })
        })
