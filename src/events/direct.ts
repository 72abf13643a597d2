import { setAt } from '../generate/index.js'
import { type EventSource, getAt, isJsonObject, type Json, type JsonObject, SLOT } from '../model/index.js'
import { readEventSchema } from './read-schema.js'
import { shellWord } from './shell-words.js'

const MOST_NAMES = 40

const payloadOf = (wire: Json): Json => (wire as JsonObject)['payload'] ?? null

/** Whatever the invoker of a function says: no service stands between. */
export const direct: EventSource = {
  id: 'direct',
  service: 'lambda:InvokeFunction',
  contract: 'direct',
  surface: 'direct',
  get schema() {
    return readEventSchema('direct')
  },
  templates: (_trigger, names) => {
    const read = Object.fromEntries(names.slice(0, MOST_NAMES).map((name) => [name, SLOT]))
    return [{ payload: {} }, ...(names.length === 0 ? [] : [{ payload: read }])]
  },
  honour: (sample) => sample,
  toEvent: payloadOf,
  // Any JSON would be one: an event of a service is taken for that of the service.
  fromEvent: () => undefined,
  supply: (wire, pointer, value) =>
    isJsonObject(getAt(wire, '/payload')) && !pointer.includes('#') ? setAt(wire, `/payload${pointer}`, value) : undefined,
  recipe: (wire) => [
    `aws lambda invoke --function-name "$FUNCTION" --cli-binary-format raw-in-base64-out --payload ${shellWord(JSON.stringify(payloadOf(wire)))} /dev/stdout`,
  ],
}
