import type { Json, JsonObject, Trigger } from '../../../model/index.js'
import type { Stack } from '../stack.js'
import { objectsOf, textOf, at as valueAt } from '../values.js'

const VIEWS = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const

/** What a table's stream records look like: which images they hold and which keys. */
export function tableTrigger(asking: Stack, name: string | undefined): Pick<Trigger, 'streamViewType' | 'keys'> {
  const owned = name === undefined ? undefined : asking.world.table(name)
  if (owned === undefined) return {}
  const { stack, resource } = owned
  const { properties } = resource
  const text = textOf(stack.resolve(valueAt(properties, 'StreamSpecification', 'StreamViewType')))
  const view = VIEWS.find((known) => known === text)
  const keys =
    resource.type === 'AWS::Serverless::SimpleTable' ? simpleKey(stack, properties['PrimaryKey']) : schemaKeys(stack, properties)
  return { ...(view === undefined ? {} : { streamViewType: view }), ...(keys === undefined ? {} : { keys }) }
}

type Keys = NonNullable<Trigger['keys']>

function schemaKeys(stack: Stack, properties: JsonObject): Keys | undefined {
  const types = new Map(
    objectsOf(stack.resolve(properties['AttributeDefinitions'])).map((one) => [
      textOf(one['AttributeName']),
      textOf(one['AttributeType']),
    ]),
  )
  const names = objectsOf(stack.resolve(properties['KeySchema'])).flatMap((one) => textOf(one['AttributeName']) ?? [])
  const keys = names.flatMap((name) => {
    const type = types.get(name)
    return type === 'S' || type === 'N' || type === 'B' ? [[name, type] as const] : []
  })
  return keys.length === 0 ? undefined : Object.fromEntries(keys)
}

/** SAM's SimpleTable: one key, `id` unless it says otherwise. */
function simpleKey(stack: Stack, key: Json | undefined): Keys {
  const name = textOf(stack.resolve(valueAt(key, 'Name'))) ?? 'id'
  const type = textOf(stack.resolve(valueAt(key, 'Type')))
  return { [name]: type === 'Number' ? 'N' : type === 'Binary' ? 'B' : 'S' }
}
