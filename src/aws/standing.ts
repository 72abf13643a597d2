import type { StandingItem } from '../model/index.js'
import { DynamoError } from './services/dynamodb-error.js'
import { Table } from './services/dynamodb-table.js'
import { canonical, itemOf } from './services/dynamodb-value.js'
import type { Store } from './store.js'

const SHELF = 'dynamodb-stood'

/** Puts items of an event where they are. An event that comes again undoes nothing of what the function has written since. */
export function stand(store: Store, items: readonly StandingItem[]): void {
  for (const { table: name, keys, item } of items) {
    const table = new Table(store, name)
    const own = table.schema?.keys ?? keys
    if (own.length === 0 || !own.every((key) => Object.hasOwn(item, key))) continue
    try {
      const whole = itemOf(item)
      const key = Object.fromEntries(own.map((part) => [part, whole[part]!]))
      const place = `${name} ${canonical({ M: key })}`
      const image = canonical({ M: whole })
      if (store.get(SHELF, place) === image) continue
      table.put(whole, own)
      store.put(SHELF, place, image, place.length + image.length)
    } catch (error) {
      if (!(error instanceof DynamoError)) throw error // Hostile attribute values: no table has this item.
    }
  }
}
