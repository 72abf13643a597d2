/** What the shell is reading; frames nest as quotes and substitutions do. */
type Kind = 'command' | 'backtick' | 'single' | 'ansi' | 'double' | 'parameter' | 'arithmetic' | 'comment' | 'document'

interface Frame {
  readonly kind: Kind
  /** parameter: inside double quotes. document: its delimiter was quoted. */
  readonly quoted?: boolean
  readonly document?: HereDocument
}

interface HereDocument {
  readonly delimiter: string
  readonly quoted: boolean
  readonly strip: boolean
}

/** Where a left-to-right reading of a command stands. */
export interface Scanner {
  readonly text: string
  at: number
  readonly stack: Frame[]
  wordStart: boolean
  /** Here-documents announced on this line; their text begins on the next. */
  readonly awaited: HereDocument[]
}

export const scanner = (text: string): Scanner => ({ text, at: 0, stack: [{ kind: 'command' }], wordStart: true, awaited: [] })

/** The quotes and substitutions that are open. A value that closes `$'` and goes on in `'` is still one word. */
export const contextOf = ({ stack }: Scanner): string => stack.map(({ kind }) => (kind === 'ansi' ? 'single' : kind)).join(' ')

const top = ({ stack }: Scanner): Frame => stack.at(-1)!

/** Reads the next sign, or the signs that belong together. True when they do something: no data does that. */
export function step(scan: Scanner): boolean {
  const sign = scan.text[scan.at]!
  const backtick = scan.stack.findLastIndex(({ kind }) => kind === 'backtick')
  if (backtick !== -1 && sign === '`') return close(scan, backtick)
  // Within backquotes a backslash is read before any quote is.
  if (backtick !== -1 && sign === '\\' && '`$\\'.includes(next(scan))) {
    scan.at += 2
    return scan.text[scan.at - 1] === '`'
  }
  return READERS[top(scan).kind](scan, sign)
}

const next = ({ text, at }: Scanner): string => text[at + 1] ?? '\n'

function close(scan: Scanner, frame: number): true {
  scan.stack.length = frame
  scan.at++
  scan.wordStart = false
  return true
}

function open(scan: Scanner, frame: Frame, length: number): void {
  scan.stack.push(frame)
  scan.at += length
  scan.wordStart = frame.kind === 'command' || frame.kind === 'backtick'
}

function skip(scan: Scanner, length: number): false {
  scan.at += length
  return false
}

type Reader = (scan: Scanner, sign: string) => boolean

const untilSign =
  (end: string, escapes: boolean): Reader =>
  (scan, sign) => {
    if (escapes && sign === '\\') return skip(scan, 2)
    if (sign === end) scan.stack.pop()
    return skip(scan, 1)
  }

const READERS: Readonly<Record<Kind, Reader>> = {
  command,
  backtick: command,
  single: untilSign("'", false),
  ansi: untilSign("'", true),
  double: (scan, sign) => {
    if (sign === '"') scan.stack.pop()
    return sign === '"' ? skip(scan, 1) : expanded(scan, sign, '$`"\\\n')
  },
  parameter,
  arithmetic,
  comment: (scan, sign) => (sign === '\n' ? lineEnd(scan) : skip(scan, 1)),
  document,
}

/** Text in which only expansions are active. */
function expanded(scan: Scanner, sign: string, escapable: string): boolean {
  if (sign === '\\') return skip(scan, escapable.includes(next(scan)) ? 2 : 1)
  if (sign === '$') return dollar(scan)
  if (sign !== '`') return skip(scan, 1)
  open(scan, { kind: 'backtick' }, 1)
  return true
}

const BRACES = /\{[^\s{}'"]*(?:,|\.\.)[^\s{}'"]*\}/y

function command(scan: Scanner, sign: string): boolean {
  const { wordStart } = scan
  scan.wordStart = false
  if (sign === '\\') return skip(scan, 2)
  if (sign === "'" || sign === '"') {
    open(scan, { kind: sign === '"' ? 'double' : 'single' }, 1)
    return false
  }
  if (sign === '$' || sign === '`') return expanded(scan, sign, '')
  if (sign === '#' && wordStart) {
    open(scan, { kind: 'comment' }, 1)
    return true
  }
  if (sign === '{') {
    BRACES.lastIndex = scan.at
    scan.at++
    return BRACES.test(scan.text)
  }
  return ' \t\n;|&<>()'.includes(sign) ? operator(scan, sign) : skip(scan, 1)
}

function operator(scan: Scanner, sign: string): true {
  if (sign === '\n') return lineEnd(scan)
  if (sign === '(') open(scan, { kind: 'command' }, 1)
  else if (sign === ')' && scan.stack.length > 1 && top(scan).kind === 'command') close(scan, scan.stack.length - 1)
  else if (sign !== '<' || !awaitDocument(scan)) scan.at++
  scan.wordStart = sign !== ')' || scan.wordStart
  return true
}

const DOCUMENT = /<<(-?)[ \t]*((?:\\.|'[^'\n]*'|"[^"\n]*"|[^\s;|&<>()'"\\])+)/y

/** `<<EOF`: the lines after this one are data until one of them is `EOF`. */
function awaitDocument(scan: Scanner): boolean {
  if (scan.text.startsWith('<<<', scan.at)) {
    scan.at += 3
    return true
  }
  DOCUMENT.lastIndex = scan.at
  const match = DOCUMENT.exec(scan.text)
  if (match === null) return false
  scan.awaited.push({ delimiter: match[2]!.replace(/['"\\]/g, ''), quoted: /['"\\]/.test(match[2]!), strip: match[1] === '-' })
  scan.at += match[0].length
  return true
}

function lineEnd(scan: Scanner): true {
  if (top(scan).kind === 'comment') scan.stack.pop()
  scan.at++
  scan.wordStart = true
  for (const one of scan.awaited.splice(0).reverse()) scan.stack.push({ kind: 'document', quoted: one.quoted, document: one })
  return true
}

function document(scan: Scanner, sign: string): boolean {
  const frame = top(scan)
  const { delimiter, strip } = frame.document!
  if (scan.at === 0 || scan.text[scan.at - 1] === '\n') {
    const end = scan.text.indexOf('\n', scan.at)
    const line = scan.text.slice(scan.at, end === -1 ? undefined : end)
    if ((strip ? line.replace(/^\t+/, '') : line) === delimiter) {
      scan.at += line.length + 1
      scan.stack.pop()
      scan.wordStart = true
      return true
    }
  }
  return frame.quoted === true ? skip(scan, 1) : expanded(scan, sign, '$`\\\n')
}

/** The word of `${name:-word}`. */
function parameter(scan: Scanner, sign: string): boolean {
  if (sign === '}') return close(scan, scan.stack.length - 1)
  if (sign === '"' || (sign === "'" && top(scan).quoted !== true)) {
    open(scan, { kind: sign === '"' ? 'double' : 'single' }, 1)
    return false
  }
  if (sign === '\\') return skip(scan, 2)
  if (sign === '$' || sign === '`') return expanded(scan, sign, '')
  scan.at++
  return top(scan).quoted !== true && ' \t\n'.includes(sign)
}

/** In arithmetic only a bare name or number is a single token. */
function arithmetic(scan: Scanner, sign: string): boolean {
  if (sign === '$' || sign === '`') return expanded(scan, sign, '')
  if (sign === '(') open(scan, { kind: 'arithmetic' }, 1)
  else if (sign === ')') close(scan, scan.stack.length - 1)
  else scan.at++
  return !/\w/.test(sign)
}

/** A dollar sign is active when something expandable follows; `$'...'` and `$"..."` are quotes. */
function dollar(scan: Scanner): boolean {
  const { kind, quoted } = top(scan)
  const inQuotes = kind === 'double' || kind === 'document' || quoted === true
  const after = next(scan)
  if (!inQuotes && (after === "'" || after === '"')) {
    open(scan, { kind: after === '"' ? 'double' : 'ansi' }, 2)
    return false
  }
  if (scan.text.startsWith('((', scan.at + 1)) {
    open(scan, { kind: 'arithmetic' }, 2)
    open(scan, { kind: 'arithmetic' }, 1)
  } else if (after === '(') open(scan, { kind: 'command' }, 2)
  else if (after === '{') open(scan, { kind: 'parameter', quoted: inQuotes }, 2)
  else if (/[\w@*#?!$[-]/.test(after)) scan.at += 2
  else return skip(scan, 1)
  return true
}
