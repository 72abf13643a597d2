import fc from 'fast-check'
import type { EventSource, Json, Trigger } from '../model/index.js'
import { compile } from './compile.js'
import { wireSchemaOf } from './wire-schema.js'

const compiled = new WeakMap<EventSource, fc.Arbitrary<Json>>()

/** Valid wire inputs of a source, made to agree with the owner's configuration. The same seed gives the same list. */
export function sampleWires(source: EventSource, trigger: Trigger, seed: number, numRuns: number): readonly Json[] {
  const arbitrary = compiled.get(source) ?? compile(source.schema, wireSchemaOf(source))
  compiled.set(source, arbitrary)
  return fc.sample(arbitrary, { seed, numRuns }).map((wire) => source.honour(wire, trigger))
}
