import type { Stack } from './stack.js'
import { at, textOf } from './values.js'

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
