import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Excerpt, SourceLocation } from '../model/index.js'

const AROUND = 3
const MOST_WIDTH = 240
const MOST_BYTES = 4 * 1024 * 1024

// A report travels further than the code: literals that are named like secrets stay behind.
const SECRET =
  /((?:secret|token|passw(?:or)?d|passphrase|api_?key|private_?key|credential)\w*["']?\s*[:=]\s*)(["'`])(?:(?!\2).)+\2/gi
const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g

/** The lines around a place in the code of a function; undefined where they cannot be read. `file` is relative to `root`. */
export function excerptAt(root: string, { file, line }: SourceLocation): Excerpt | undefined {
  const place = path.resolve(root, file)
  if (!place.startsWith(`${root}${path.sep}`)) return undefined
  const found = statSync(place, { throwIfNoEntry: false })
  if (found?.isFile() !== true || found.size > MOST_BYTES) return undefined
  const lines = readFileSync(place, 'utf8').split(/\r?\n/)
  if (line < 1 || line > lines.length) return undefined
  const first = Math.max(1, line - AROUND)
  const shown = lines.slice(first - 1, line + AROUND).map((text) => {
    const kept = text.replace(SECRET, '$1$2***$2').replace(ACCESS_KEY, '***')
    return kept.length > MOST_WIDTH ? `${kept.slice(0, MOST_WIDTH)}…` : kept
  })
  return { line: first, lines: shown }
}
