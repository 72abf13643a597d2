import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { isJsonObject, type Json } from '../../model/index.js'
import { blocksOf, list } from './config.js'
import type { Instance } from './instance.js'

/** Where the code of a function (or layer) stands before it is packed, or why that is not known. */
export type Code = { readonly path: string; readonly guessed?: string } | { readonly why: string }

export function codeOf(instance: Instance, instances: readonly Instance[]): Code {
  const source = instance.written('source_path')
  if (source !== null) return ofSourcePath(instance, source)
  const filename = instance.written('filename')
  if (filename !== null) return ofArchive(instance, filename, instances)
  const key = instance.written('s3_key')
  if (key !== null) return ofObject(key, instances, instance)
  if (instance.written('image_uri') !== null) return { why: 'its code is a container image' }
  return { why: 'where its code comes from is not said' }
}

/** A file's directory, or the directory: handlers are relative to it. */
function directoryOf(instance: Instance, value: Json): Code {
  const found = instance.origin.scope.path(value)
  if (found === undefined)
    return { why: `code ${typeof value === 'string' ? value : ''} is not in the project`.replace('  ', ' ') }
  return { path: existsSync(found) && statSync(found).isFile() && !isArchive(found) ? path.dirname(found) : found }
}

const isArchive = (file: string): boolean => /\.(?:zip|jar)$/i.test(file)

/** terraform-aws-modules/lambda: a path, or a list of paths and of objects with a path. */
function ofSourcePath(instance: Instance, source: Json): Code {
  const [first = null] = list(source)
  return directoryOf(instance, isJsonObject(first) && first['path'] !== undefined ? first['path'] : first)
}

function ofArchive(instance: Instance, filename: Json, instances: readonly Instance[]): Code {
  const address = isJsonObject(filename) ? filename['Fn::Archive'] : undefined
  const archive = instances.find(
    (each) =>
      each.type === 'archive_file' &&
      (each.address === address || JSON.stringify(each.written('output_path')) === JSON.stringify(filename)),
  )
  if (archive !== undefined) return ofArchiveFile(archive)
  const file = typeof filename === 'string' ? instance.origin.scope.path(filename) : undefined
  if (file === undefined) return { why: 'the archive of its code is not known' }
  return (
    beside(instance, file) ?? (existsSync(file) ? { path: file } : { why: `the archive ${path.basename(file)} is not made here` })
  )
}

const SOURCES = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.py', '.rb', '.java', '.go']

/** Somebody packs the archive by hand or by another program: the handler's file tells where from. */
function beside(instance: Instance, archive: string): Code | undefined {
  const handler = instance.written('handler')
  const { directory } = instance.origin.scope.config
  if (typeof handler !== 'string') return undefined
  const around = path.dirname(archive)
  const name = path.basename(archive).replace(/\.\w+$/, '')
  const candidates = [
    path.join(around, name),
    path.join(around, 'src'),
    around,
    path.join(directory, 'src'),
    path.join(directory, 'src', name),
    directory,
  ]
  const source = handler.replace(/\.[^.]*$/, '')
  const found = candidates.find((each) =>
    SOURCES.some(
      (ending) =>
        instance.origin.scope.path(path.join(each, source + ending)) !== undefined &&
        existsSync(path.join(each, source + ending)),
    ),
  )
  const from = found === undefined ? '' : path.relative(instance.origin.scope.world.root, found) || '.'
  return found === undefined
    ? undefined
    : { path: found, guessed: `the archive ${path.basename(archive)} is not made here: taken to be ${from}` }
}

function ofArchiveFile(archive: Instance): Code {
  const directory = archive.written('source_dir')
  if (directory !== null) return directoryOf(archive, directory)
  const file = archive.written('source_file')
  if (file !== null) return parentOf(archive, file)
  // `source { content = file("x.js") }`: the evaluated content says no longer where it was.
  for (const { content } of blocksOf(archive.origin.block.body['source'])) {
    const named = typeof content === 'string' ? /^\$\{file\("(?:\$\{path\.module\}\/)?([^"$]+)"\)\}$/.exec(content) : null
    if (named !== null) return parentOf(archive, path.join(archive.origin.scope.config.directory, named[1]!))
  }
  return { why: 'what its archive is made of is not known' }
}

/** The directory of a file, whether it is there (yet) or not. */
function parentOf(instance: Instance, value: Json): Code {
  const found = instance.origin.scope.path(value)
  return found === undefined ? { why: 'its source file is not in the project' } : { path: path.dirname(found) }
}

/** Code that is uploaded to a bucket first. */
function ofObject(key: Json, instances: readonly Instance[], user: Instance): Code {
  const text = JSON.stringify(key)
  const object = instances.find(
    (each) =>
      /^aws_s3_(?:bucket_)?object$/.test(each.type) &&
      (JSON.stringify(each.written('key')) === text || text.includes(`"${each.id}"`)),
  )
  const source = object?.written('source') ?? null
  return object === undefined || source === null ? { why: 'its code is in a bucket' } : ofArchive(user, source, instances)
}
