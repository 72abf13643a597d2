import { type CaseMaker, type Draft, getAt, isJsonObject, SLOT } from '../model/index.js'

const MOST = 12

/** The request with every query parameter that the code reads by name: frameworks parse the text of the query themselves. */
export function withQueries(maker: CaseMaker, draft: Draft, names: readonly string[]): readonly Draft[] {
  const query = getAt(draft.wire, '/query')
  if (!isJsonObject(query ?? null)) return []
  const fresh = names.filter((name) => !Object.hasOwn(query as object, name)).slice(0, MOST)
  const filled = fresh.reduce(
    (made, name) =>
      maker.supply(made, `/queryStringParameters/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, SLOT) ?? made,
    draft,
  )
  return filled === draft ? [] : [filled]
}
