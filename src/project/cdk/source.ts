import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { JsonObject } from '../../model/index.js'
import { inside } from '../safe-path.js'
import { filesBelow } from '../walk.js'
import { object } from './assembly.js'

/** Where the source of an asset is: a directory, and in it the file that a bundle was made of. */
export interface Source {
  readonly code: string
  readonly entry: string | null
}

const MOST_BYTES = 4 * 1024 * 1024

/** Finds the project's own files behind the copies and bundles in `cdk.out`. */
export class Sources {
  private readonly root: string
  /** Directory of cdk.json: what bundles name is relative to it. */
  private readonly app: string
  private files: readonly string[] | undefined

  constructor(root: string, app: string) {
    this.root = root
    this.app = app
  }

  /** The asset of a function, by what its metadata says or by its S3Key: the hash is the asset's name. */
  assetOf(directory: string, resource: JsonObject): string | undefined {
    const named = object(resource['Metadata'])['aws:asset:path']
    const key =
      object(object(resource['Properties'])['Code'])['S3Key'] ?? object(object(resource['Properties'])['Content'])['S3Key']
    const hash = typeof key === 'string' ? /([0-9a-f]{32,64})\.(?:zip|jar)$/.exec(key)?.[1] : undefined
    const names = [typeof named === 'string' ? named : undefined, hash && `asset.${hash}`, hash && `asset.${hash}.zip`]
    for (const name of names) {
      const found = name === undefined || name === '' ? undefined : inside(this.root, directory, name)
      if (found !== undefined && existsSync(found)) return found
    }
    return undefined
  }

  /** The source behind an asset; the asset itself where none is found. */
  behind(asset: string, handler: string): Source {
    if (!statSync(asset).isDirectory()) return { code: asset, entry: null }
    const file = handlerFile(asset, handler)
    if (file === undefined) return { code: asset, entry: null }
    const text = readFileSync(path.join(asset, file), 'utf8')
    const entry = this.entryOf(text)
    if (entry !== undefined) return { code: this.app, entry }
    const original = this.original(file, text)
    return { code: original ?? asset, entry: null }
  }

  /** esbuild writes the name of each source above it: the last one is the entry. */
  private entryOf(text: string): string | undefined {
    const names = [...text.matchAll(/^\/\/ ((?!.*node_modules)[^\n]+\.[cm]?[jt]sx?)$/gm)].map((found) => found[1]!)
    const last = names.at(-1)
    const file = last === undefined ? undefined : inside(this.root, this.app, last)
    return file !== undefined && existsSync(file) ? path.relative(this.app, file) : undefined
  }

  /** A directory of the project that has the handler's file with the same text; undefined unless there is exactly one. */
  private original(file: string, text: string): string | undefined {
    this.files ??= filesBelow(this.app).filter((each) => !/(?:^|\/)cdk\.out\//.test(each))
    const same = this.files.filter(
      (each) => (each === file || each.endsWith(`/${file}`)) && sameText(path.join(this.app, each), text),
    )
    return same.length === 1
      ? path.join(
          this.app,
          path.dirname(same[0]!),
          ...file
            .split('/')
            .slice(1)
            .map(() => '..'),
        )
      : undefined
  }
}

function sameText(file: string, text: string): boolean {
  const { size } = statSync(file)
  return size <= MOST_BYTES && size === Buffer.byteLength(text) && readFileSync(file, 'utf8') === text
}

/** The file of `index.handler` in a directory, relative to it. */
function handlerFile(directory: string, handler: string): string | undefined {
  const name = handler.replace(/\.[^./]*$/, '')
  const parent = path.dirname(name)
  const wanted = path.join(directory, parent)
  if (!wanted.startsWith(directory) || !existsSync(wanted)) return undefined
  const found = readdirSync(wanted).find(
    (each) => each.replace(/\.[^.]*$/, '') === path.basename(name) && /\.(?:[cm]?[jt]s|py|rb)$/.test(each),
  )
  if (found === undefined || statSync(path.join(wanted, found)).size > MOST_BYTES) return undefined
  return parent === '.' ? found : `${parent}/${found}`
}
