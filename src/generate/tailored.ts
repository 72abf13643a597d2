import type { CaseMaker, Draft, DrawnStrategy, Json } from '../model/index.js'

const MOST_HONEST = 4

const fits =
  (source: CaseMaker['source']) =>
  ({ sources = [] }: DrawnStrategy): boolean =>
    sources.length === 0 || sources.includes(source)

/** The maker with the values of the user's strategies, each at its place in a draft that can have it there. */
export function withStrategies(maker: CaseMaker, strategies: readonly DrawnStrategy[]): CaseMaker {
  const own = strategies.filter(({ honest }) => honest !== true).filter(fits(maker.source))
  if (own.length === 0) return maker
  return {
    ...maker,
    tailored: (draft) =>
      own.flatMap(({ id, at, values }) =>
        values.flatMap((value, i): readonly Draft[] => {
          const made = maker.supply(draft, at, value)
          if (made === undefined) return []
          return [{ ...made, stage: 'boundary', base: draft, labels: [`strategy ${id} at ${at}, value ${i + 1}`] }]
        }),
      ),
  }
}

/** Wire inputs of honest senders: some values of each such strategy in each template that can have them. */
export function honestWires(maker: CaseMaker, strategies: readonly DrawnStrategy[]): readonly Json[] {
  const own = strategies.filter(({ honest }) => honest === true).filter(fits(maker.source))
  return maker.templates([]).flatMap((template) =>
    own.flatMap(({ at, values }) =>
      values.slice(0, MOST_HONEST).flatMap((value) => {
        const made = maker.supply(template, at, value)
        return made === undefined ? [] : [made.wire]
      }),
    ),
  )
}
