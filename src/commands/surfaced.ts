import { nearest } from '../config/index.js'
import { sourceOf } from '../events/index.js'
import { inconsistent, negatives } from '../generate/index.js'
import { ConfigError, type Json, type SourceId, type Target } from '../model/index.js'

/** delivered: what services hand over. direct: what whoever may invoke the function can send. all: both. */
export const SURFACES = ['delivered', 'direct', 'all'] as const
export type WantedSurface = (typeof SURFACES)[number]

export function surfaceOf(name: string): WantedSurface {
  const found = SURFACES.find((one) => one === name)
  if (found !== undefined) return found
  const near = nearest(name, SURFACES)
  throw new ConfigError(
    `--surface takes ${SURFACES.join(', ')}, not '${name}'${near === undefined ? '' : `. Did you mean '${near}'?`}`,
  )
}

/** The sources of a target on this surface. */
export const sourcesOn = (surface: WantedSurface, { sources }: Target): readonly SourceId[] =>
  surface === 'delivered' ? sources : surface === 'direct' ? ['direct'] : [...new Set<SourceId>([...sources, 'direct'])]

const MOST_BROKEN = 4

/**
 * What a direct invocation begins with: the events that the function is written for, and such events broken in one place, which
 * no service would hand over. Wire inputs of the source `direct`.
 */
export function directSeeds({ sources, triggers }: Target): readonly Json[] {
  return sources
    .filter((id) => id !== 'direct')
    .flatMap((id) => {
      const trigger = triggers[id] ?? {}
      const source = sourceOf(id, trigger)
      const events = source
        .templates(trigger, [])
        .map((wire) => JSON.parse(JSON.stringify(source.toEvent(wire, trigger))) as Json)
      const [first] = events
      if (first === undefined) return []
      const broken = [...negatives(source.schema, first)]
      const few = broken.filter((_one, i) => i % Math.ceil(broken.length / MOST_BROKEN) === 0)
      return [
        ...events.slice(0, 2),
        ...[...few, ...[...inconsistent(source.schema, first)].slice(0, 2)].map(({ event }) => event),
      ]
    })
    .map((payload) => ({ payload }))
}

/** What a run on this surface cannot speak of. */
export const untriedOn = (surface: WantedSurface): readonly { readonly what: string; readonly why: string }[] =>
  surface === 'delivered'
    ? [
        {
          what: 'direct invocation with arbitrary JSON',
          why: 'only events that the service delivers are tried (--surface delivered)',
        },
      ]
    : surface === 'direct'
      ? [{ what: 'events of services', why: 'only direct invocations are tried (--surface direct)' }]
      : []
