import type { SourceLocation } from '../model/index.js'

const FRAME = /^\s*at (?:(?:async )?(.+?) \()?(?:file:\/\/)?([^()\s][^()]*?):(\d+):(\d+)\)?$/

/** Frames of a stack as text, the user's own only: relative paths (the harness shortens them), no packages, no Node. */
export function inAppFrames(stack: string): SourceLocation[] {
  const found: SourceLocation[] = []
  for (const line of stack.split('\n')) {
    const match = FRAME.exec(line)
    if (match === null) continue
    const [, fn, file, row, column] = match
    if (
      file === undefined ||
      file.startsWith('/') ||
      file.startsWith('node:') ||
      file.includes('node_modules/') ||
      file.includes('<anonymous>')
    )
      continue
    found.push({ file, line: Number(row), column: Number(column), ...(fn === undefined ? {} : { fn }) })
  }
  return found
}

/** First frame of anybody's code when the user's is not on the stack: a package's, never Node's. */
export function packageFrame(stack: string): SourceLocation | undefined {
  for (const line of stack.split('\n')) {
    const match = FRAME.exec(line)
    const at = match?.[2]?.lastIndexOf('node_modules/') ?? -1
    if (match === null || at === -1) continue
    return {
      file: match[2]!.slice(at),
      line: Number(match[3]),
      column: Number(match[4]),
      ...(match[1] === undefined ? {} : { fn: match[1] }),
    }
  }
  return undefined
}

/** The frame that an error is known by: file and function, not the line, which moves with every edit. */
export function errorFrame(stack: string): {
  readonly location: SourceLocation | null
  readonly frames: readonly SourceLocation[]
  readonly key: string
} {
  const own = inAppFrames(stack)
  const top = own[0] ?? packageFrame(stack)
  return {
    location: top ?? null,
    frames: own.length > 0 ? own.slice(0, 3) : top === undefined ? [] : [top],
    key: top === undefined ? 'unknown' : `${top.file}#${top.fn ?? ''}`,
  }
}
