import { existsSync } from 'node:fs'
import path from 'node:path'
import { isJsonObject, type Json } from '../../model/index.js'
import { inside } from '../safe-path.js'
import { isOutput } from '../source-behind.js'
import type { Resolver } from './resolver.js'
import type { Resource, Stack } from './stack.js'
import { at, listOf, textOf, textsOf } from './values.js'

/** Where a function's code is, before it is built. */
export interface Code {
  readonly code: string | null
  readonly inline: string | null
  readonly entry: string | null
}

const NONE: Code = { code: null, inline: null, entry: null }

export function codeOf(stack: Stack, resource: Resource, resolver: Resolver): Code {
  const { properties } = resource
  const given = stack.codeOf?.(resource.id, properties)
  if (given !== undefined && given !== null) return { ...NONE, code: given }
  if (properties['PackageType'] === 'Image' || properties['ImageUri'] !== undefined) return ofImage(stack, resource, resolver)
  const serverless = resource.type === 'AWS::Serverless::Function'
  const inline = serverless ? properties['InlineCode'] : at(properties['Code'], 'ZipFile')
  if (inline !== undefined) return { ...NONE, code: stack.file, inline: resolver.text(inline) ?? null }
  const uri = resolver.value(serverless ? (properties['CodeUri'] ?? '.') : properties['Code'])
  const code = localPath(stack, resource, uri, resolver)
  return { code, inline: null, entry: code === null ? null : entryOf(resource, resolver) }
}

/** Absolute path of local code; null with a note or a problem when there is none. */
function localPath(stack: Stack, resource: Resource, uri: Json | undefined, resolver: Resolver): string | null {
  const { id } = resource
  if (isJsonObject(uri)) {
    if (at(uri, 'ImageUri') !== undefined) return ofImage(stack, resource, resolver).code
    return resolver.unknown('Its code is in S3, not in the project') ?? null
  }
  const text = textOf(uri)
  if (text === undefined)
    return uri === undefined ? (resolver.unknown('The template does not say where its code is') ?? null) : null
  if (/^(?:s3|https?):\/\//.test(text)) return resolver.unknown('Its code is in S3, not in the project') ?? null
  return localFile(stack, resource, `The code of ${id}`, text)
}

function localFile(stack: Stack, resource: Resource, what: string, relative: string): string | null {
  const file = inside(stack.options.root, stack.dir, relative)
  const place = stack.place(resource.properties, resource.at)
  if (file === undefined) stack.problem(place.line, `${what} is outside the project: ${relative}`)
  // What a build has yet to make is no mistake of the template: its source is looked for.
  else if (!existsSync(file) && !isOutput(file)) stack.problem(place.line, `${what} does not exist: ${relative}`)
  return file ?? null
}

/** A container image's code cannot be read from it, but its build context may be in the project. */
function ofImage(stack: Stack, resource: Resource, resolver: Resolver): Code {
  resolver.unknown('It is a container image: handler and runtime are in its Dockerfile')
  const context = textOf(at(resource.entry, 'Metadata', 'DockerContext'))
  return context === undefined
    ? NONE
    : { ...NONE, code: localFile(stack, resource, `The Docker context of ${resource.id}`, context) }
}

/** SAM's esbuild names its entry points: the one that the handler's file is built from. */
function entryOf(resource: Resource, resolver: Resolver): string | null {
  const metadata = at(resource.entry, 'Metadata')
  if (textOf(at(metadata, 'BuildMethod')) !== 'esbuild') return null
  const entries = textsOf(resolver.value(at(metadata, 'BuildProperties', 'EntryPoints')))
  const handler = resolver.text(resource.properties['Handler']) ?? ''
  const wanted = path.basename(handler).split('.')[0]
  return entries.find((entry) => path.basename(entry).split('.')[0] === wanted) ?? entries[0] ?? null
}

/** Absolute directories of those layers that the template makes from code in the project. */
export function layersOf(stack: Stack, resource: Resource, resolver: Resolver): readonly string[] {
  const wanted = listOf(resolver.value(resource.properties['Layers'])).map(textOf)
  if (wanted.length === 0) return []
  const made = stack.ofType('AWS::Serverless::LayerVersion', 'AWS::Lambda::LayerVersion')
  return made
    .filter((layer) => wanted.includes(resolver.text({ Ref: layer.id })))
    .flatMap((layer) => {
      const given = stack.codeOf?.(layer.id, layer.properties)
      const uri = textOf(stack.resolve(layer.properties['ContentUri'] ?? layer.properties['Content']))
      const local =
        given ?? (uri === undefined || /^s3:/.test(uri) ? null : localFile(stack, layer, `The code of ${layer.id}`, uri))
      return local === null ? [] : [local]
    })
}
