import type { Json } from '../../model/index.js'
import type { Resolver } from './resolver.js'
import type { Resource, Stack } from './stack.js'
import { at, entriesOf, objectsOf, own, textOf } from './values.js'

/** Where a poller sends batches that failed; with its `Type`, which SAM's events have. */
export interface Failure {
  readonly type: Json | undefined
  readonly target: Json | undefined
}

/** Of the events of a SAM function. */
export const failuresOf = ({ properties }: Resource): readonly Failure[] =>
  entriesOf(properties['Events']).flatMap(([, event]) => {
    const failure = at(event, 'Properties', 'DestinationConfig', 'OnFailure')
    return failure === undefined ? [] : [{ type: own(failure, 'Type'), target: own(failure, 'Destination') }]
  })

/** Destinations that stand in resources of their own, not with the function: EventInvokeConfig and event source mappings. */
export function* destinationsIn(stack: Stack): Generator<{ readonly to: string | undefined; readonly destination: string }> {
  for (const { properties } of stack.ofType('AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping')) {
    const to = textOf(stack.resolve(properties['FunctionName']))
    for (const key of ['OnSuccess', 'OnFailure']) {
      const destination = textOf(stack.resolve(at(properties, 'DestinationConfig', key, 'Destination')))
      if (destination !== undefined) yield { to, destination }
    }
  }
}

/** Where asynchronous invocations and failed batches of a function go: ARNs. */
export function destinationsOf(resource: Resource, resolver: Resolver): readonly string[] {
  const { properties } = resource
  const destinations = at(properties, 'EventInvokeConfig', 'DestinationConfig')
  const found = [
    ...failuresOf(resource).map(({ target }) => resolver.value(target)),
    resolver.value(at(properties, 'DeadLetterConfig', 'TargetArn')),
    resolver.value(at(properties, 'DeadLetterQueue', 'TargetArn')),
    ...objectsOf(['OnSuccess', 'OnFailure'].flatMap((key) => at(destinations, key) ?? [])).map((to) =>
      resolver.value(to['Destination']),
    ),
  ]
  return found.flatMap((value) => textOf(value) ?? [])
}
