import type { JsonObject, NeededAction } from '../model/index.js'

/** The part of a recorded call that decides what IAM asks for. */
export interface MappedCall {
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly params: JsonObject
  readonly resources: readonly string[]
}

/** The action on each resource, on `*` when none is named. */
export function onEach(
  action: string,
  resources: readonly string[],
  certainty: NeededAction['certainty'] = 'observed',
): NeededAction[] {
  return (resources.length === 0 ? ['*'] : resources).map((resource) => ({ action, resource, certainty }))
}
