import { type Draft, getAt, type InsertionPoint, SLOT } from '../model/index.js'
import { byReach } from './by-reach.js'
import type { Kind } from './plan.js'

/** What names of fields say that hold a path of properties. */
const NAMED = /(?:^|[/_-]|[a-z])(?:path|key|field|prop|property|attr|attribute|setting|option|pointer|name)s?(?:\/\d+)?$/i
/** A function that splits a text was answered with one in parts. */
const IN_PARTS = new RegExp(`${SLOT}[./[\\]]+${SLOT}`)
/** Variants of one field: what else an event must hold differs. */
const MOST = 3

/** The list whose first item this is: a path may come in parts. */
function listOf({ wire }: Draft, point: InsertionPoint): InsertionPoint | undefined {
  const at = /^(.*)\/0$/.exec(point.wire)?.[1]
  return at !== undefined && Array.isArray(getAt(wire, at)) ? { ...point, wire: at } : undefined
}

/** Paths of properties that lead to a prototype: where they act, honest data shows nothing, and what splits texts or is named so is for them. */
export const pathTexts: Kind = function* (maker, variants, { families }, done) {
  const family = families.find(({ id }) => id === 'prototype-pollution-path')
  const tried = new Map<string, number>()
  for (const { draft } of family === undefined ? [] : byReach(variants)) {
    for (const point of maker.points(draft)) {
      const text = getAt(draft.wire, point.wire)
      const times = tried.get(point.wire) ?? 0
      if (point.kind !== 'leaf' || times >= MOST) continue
      if (!NAMED.test(point.wire) && !(typeof text === 'string' && IN_PARTS.test(text))) continue
      tried.set(point.wire, times + 1)
      for (const payload of family!.payloads) {
        const at = Array.isArray(payload.value) ? listOf(draft, point) : point
        const placed = at === undefined ? undefined : maker.place(draft, at, family!, payload)
        done.add(`${point.wire}\0${family!.id}/${payload.id}`)
        if (placed !== undefined) yield placed
      }
    }
  }
}
