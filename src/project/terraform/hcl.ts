import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Json } from '../../model/index.js'

/** Turns the text of a .tf file into JSON. Rejects with a HclError. */
export type HclParser = (file: string, text: string) => Promise<Json>

export class HclError extends Error {
  readonly line: number | null

  constructor(message: string, line: number | null) {
    super(message)
    this.line = line
  }
}

interface Hcl2Json {
  readonly parse: (file: string, text: string) => Promise<Json>
}

const PACKAGE = '@cdktn/hcl2json'
const DEEPEST = 400
const PATIENCE_MS = 30_000

/**
 * The parser that is installed beside eventfuzz (`from`); undefined where there is none. Never one that the project's directory
 * brings along: to look at a project must run nothing of it.
 */
export async function hclParser(from: string = import.meta.url): Promise<HclParser | undefined> {
  const found = resolved(from)
  if (found === undefined) return undefined
  const { default: standard, parse } = (await import(pathToFileURL(found).href)) as { default?: Hcl2Json } & Partial<Hcl2Json>
  const parser = parse ?? standard?.parse
  return parser === undefined ? undefined : (file, text) => parsed(parser, file, text)
}

function resolved(from: string): string | undefined {
  try {
    return createRequire(from).resolve(PACKAGE)
  } catch {
    return undefined // Not installed there.
  }
}

async function parsed(parse: Hcl2Json['parse'], file: string, text: string): Promise<Json> {
  const depth = depthOf(text)
  // Deeper than this and the parser itself dies, so that later files would never be answered.
  if (depth > DEEPEST) throw new HclError('it is nested too deeply', null)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HclError('it takes too long to read', null)), PATIENCE_MS)
  })
  try {
    return await Promise.race([parse(path.basename(file), text), late])
  } catch (error) {
    if (error instanceof HclError) throw error
    const message = String((error as Error).message)
    const found = /:(\d+),\d+(?:-[\d,]+)?: ([^;\]]+)/.exec(message)
    throw new HclError((found?.[2] ?? message).replaceAll(/\s+/g, ' ').slice(0, 200), found === null ? null : Number(found[1]))
  } finally {
    clearTimeout(timer)
  }
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const sign of text) {
    if (sign === '(' || sign === '[' || sign === '{') deepest = Math.max(deepest, ++depth)
    else if (sign === ')' || sign === ']' || sign === '}') depth = Math.max(0, depth - 1)
  }
  return deepest
}
