import { isJsonObject, type Json } from '../../model/index.js'
import { inside, readInside } from '../safe-path.js'
import { loadYaml } from '../yaml.js'
import type { Resolver } from './resolver.js'
import { at, textOf } from './values.js'

/** `Fn::Transform: AWS::Include` of a file of the project, as `sam package` would upload it; any other transform is unknown. */
export function include(argument: Json, resolver: Resolver): Json | undefined {
  const name = isJsonObject(argument) ? textOf(argument['Name']) : undefined
  const location = resolver.text(at(argument, 'Parameters', 'Location'))
  if (name !== 'AWS::Include' || location === undefined) return resolver.unknown(`Fn::Transform ${name ?? ''} is not carried out`)
  if (/^[a-z0-9]+:\/\//i.test(location)) return resolver.unknown(`Fn::Transform AWS::Include ${location} is not in the project`)
  const loaded = loadBeside(resolver, location)
  return loaded === undefined ? undefined : resolver.value(loaded)
}

/** A YAML or JSON file named by the template, or undefined and a note. */
export function loadBeside(resolver: Resolver, location: string): Json | undefined {
  const { dir, options } = resolver.stack
  const file = inside(options.root, dir, location)
  if (file === undefined) return resolver.unknown(`${location} is outside the project`)
  try {
    // Without its lines: they would be taken for those of the template.
    return structuredClone(loadYaml(readInside(options.root, file)).value) as Json
  } catch (error) {
    return resolver.unknown(`${location} could not be read: ${(error as Error).message}`)
  }
}
