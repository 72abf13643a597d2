import type { FileLine, Trigger } from '../../model/index.js'

/** One way in which something invokes a function. */
export interface Edge {
  /** ARN, name or invocation URI of the function; `id:` and its id where it is known to the letter. */
  readonly to: string | undefined
  readonly kind: string
  readonly trigger: Trigger
  readonly at: FileLine
  /** Routes of one API are one trigger. */
  readonly api?: string
  /** What could not be resolved about it. */
  readonly notes?: readonly string[]
}

/** Triggers of one function: routes of the same API under the same authorizer are joined, equal triggers said once. */
export function joinEdges(edges: readonly Edge[]): readonly Edge[] {
  const joined = new Map<string, Edge>()
  for (const edge of edges) {
    const { api, kind, trigger } = edge
    const key =
      api === undefined
        ? JSON.stringify([kind, trigger])
        : JSON.stringify([kind, api, trigger.authorizer, trigger.binaryMediaTypes])
    const other = joined.get(key)
    joined.set(
      key,
      other === undefined
        ? edge
        : { ...other, trigger: join(other.trigger, trigger), notes: [...(other.notes ?? []), ...(edge.notes ?? [])] },
    )
  }
  return [...joined.values()]
}

function join(one: Trigger, other: Trigger): Trigger {
  const validators = { ...one.validators, ...other.validators }
  return {
    ...one,
    ...(one.routes === undefined || other.routes === undefined ? {} : { routes: [...new Set([...one.routes, ...other.routes])] }),
    ...(Object.keys(validators).length === 0 ? {} : { validators }),
  }
}
