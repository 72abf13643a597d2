// Made by scripts/build-event-types.mjs of schemas/events/direct.schema.json
import type { Json } from '../../model/index.js'

/** lambda:InvokeFunction */
export type DirectEvent = Json
