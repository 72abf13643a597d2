import type { FileLine, Json, Trigger } from '../../../model/index.js'
import type { Edge } from '../edges.js'
import { nameOf } from '../resource-names.js'
import type { Resource, Stack } from '../stack.js'
import { objectsOf, textOf, textsOf, at as valueAt } from '../values.js'

/** AWS::S3::Bucket with a NotificationConfiguration. */
export function* bucket(stack: Stack, resource: Resource): Generator<Edge> {
  const { properties, at } = resource
  const configurations = objectsOf(stack.resolve(valueAt(properties, 'NotificationConfiguration', 'LambdaConfigurations')))
  for (const one of configurations) {
    const place = stack.place(one, at)
    yield s3Edge({
      to: textOf(one['Function']),
      bucket: nameOf(stack, resource),
      events: one['Event'],
      filter: one['Filter'],
      at: place,
    })
  }
}

interface Notification {
  readonly to: string | undefined
  readonly bucket: string | undefined
  readonly events: Json | undefined
  readonly filter: Json | undefined
  readonly at: FileLine
  readonly notes?: readonly string[]
}

/** One notification of a bucket; all its values are resolved. */
export function s3Edge({ to, bucket: name, events, filter, at, notes }: Notification): Edge {
  const rules = objectsOf(valueAt(filter, 'S3Key', 'Rules'))
  const value = (wanted: string): string | undefined =>
    textOf(rules.find((rule) => textOf(rule['Name'])?.toLowerCase() === wanted)?.['Value'])
  const [prefix, suffix] = [value('prefix'), value('suffix')]
  const trigger: Trigger = {
    ...(name === undefined ? {} : { resource: name }),
    s3Events: textsOf(events),
    ...(prefix === undefined ? {} : { keyPrefix: prefix }),
    ...(suffix === undefined ? {} : { keySuffix: suffix }),
  }
  return { to, kind: 's3', trigger, at, ...(notes === undefined ? {} : { notes }) }
}
