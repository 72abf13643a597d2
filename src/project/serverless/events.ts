import { type FileLine, isJsonObject, type Json } from '../../model/index.js'
import type { CompiledTemplate } from '../compiled-template.js'
import { alb, functionUrl, httpApi, websocket } from './http-events.js'
import * as push from './push-events.js'
import { http } from './rest-events.js'
import { type LambdaEvent, logicalIdOf, type Service, type ServiceFunction } from './service.js'
import * as mapped from './source-events.js'

/** Adds what an event means to the template, and says which kind of trigger it is. */
type EventCompiler = (event: LambdaEvent) => string

const COMPILERS: Readonly<Record<string, EventCompiler>> = { http, httpApi, websocket, alb, ...mapped, ...push }

/** An event that a function has, whatever the template's reader makes of it. */
export interface ExpectedTrigger {
  readonly functionKey: string
  readonly kind: string
  readonly at: FileLine
}

/** Adds the events of all functions to the template. */
export function compileEvents(
  service: Service,
  template: CompiledTemplate,
  functions: readonly ServiceFunction[],
): readonly ExpectedTrigger[] {
  const functionKeys = new Set(functions.map(({ key }) => key))
  return functions.flatMap((each) => {
    const base = { service, template, functionKey: each.key, id: logicalIdOf(each.key), functionKeys }
    const note = (text: string) => each.unresolved.push(text)
    return eventsOf(each, service).map(({ type, value, at }) => {
      const event: LambdaEvent = { ...base, type, value, at, note }
      return { functionKey: each.key, kind: compile(event), at }
    })
  })
}

interface Entry {
  readonly type: string
  readonly value: Json
  readonly at: FileLine
}

function eventsOf({ key, properties, at, unresolved }: ServiceFunction, service: Service): readonly Entry[] {
  const entries: Entry[] = []
  const { events, url } = properties
  const list = Array.isArray(events) ? (events as readonly Json[]).flat() : isJsonObject(events) ? [events] : []
  if (events !== undefined && events !== null && list.length === 0 && !Array.isArray(events))
    unresolved.push(`the events of ${key} are no list`)
  for (const event of list as readonly Json[]) {
    if (typeof event === 'string') entries.push({ type: event, value: null, at })
    else if (isJsonObject(event))
      entries.push(...Object.entries(event).map(([type, value]) => ({ type, value, at: service.at(event, at) })))
  }
  if (url !== undefined && url !== null && url !== false) entries.push({ type: 'url', value: url, at: service.at(url, at) })
  return entries
}

function compile(event: LambdaEvent): string {
  if (event.type === 'url') return functionUrl(event)
  const compiler = Object.hasOwn(COMPILERS, event.type) ? COMPILERS[event.type] : undefined
  if (compiler !== undefined) return compiler(event)
  event.note(`event ${event.type} is not understood`)
  return event.type.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
