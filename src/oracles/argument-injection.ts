import type { EffectOf, Oracle } from '../model/index.js'
import { anchorOf, effectsOf, guilty, sinkOf } from './region.js'

/** Programs whose options read and write files or run commands, and options of theirs that take no value. */
const PROGRAMS: Readonly<Record<string, RegExp>> = {
  git: /^--(?:bare|no-\w[\w-]*|quiet|single-branch|recursive|mirror)$|^-q$/,
  curl: /^-[sSLfkIvgG]+$|^--(?:silent|fail|location|show-error|insecure|compressed)$/,
  wget: /^-[qcN]+$|^--(?:quiet|no-[\w-]+)$/,
  tar: /^-?[cxtzjJvp]+$|^--(?:gzip|extract|create|list)$/,
  zip: /^-[rqj0-9]+$/,
  unzip: /^-[oqnjl]+$/,
  rsync: /^-[avzrhP]+$/,
  find: /^-[HLP]$/,
  grep: /^-[rinvlcwqEFoh]+$/,
  sort: /^-[nru]+$/,
  man: /^$/,
  ssh: /^-[CqTvx]+$/,
  scp: /^-[rCq]+$/,
  ffmpeg: /^-(?:y|n|nostdin|hide_banner)$/,
  ffprobe: /^-(?:hide_banner|show_format|show_streams)$/,
  convert: /^-(?:auto-orient|strip)$/,
  magick: /^-(?:auto-orient|strip)$/,
  identify: /^-(?:verbose|ping)$/,
  gs: /^-(?:q|dBATCH|dNOPAUSE|dSAFER)$/,
  exiftool: /^-(?:j|json|s|G|n)$/,
  wkhtmltopdf: /^(?:-q|--quiet)$/,
  pdftotext: /^-(?:layout|raw|q)$/,
  sendmail: /^-(?:i|t|oi)$/,
  psql: /^-[AtqX]+$/,
  xargs: /^-(?:0|r|t)$/,
  'youtube-dl': /^(?:-[qsvjx]|--no-[\w-]+|--quiet|--dump-json)$/,
  'yt-dlp': /^(?:-[qsvjx]|--no-[\w-]+|--quiet|--dump-json)$/,
}

/** An option that brings its value takes no other. */
const HAS_VALUE = /^--[\w-]+=/

/** Event data begins with a dash where a program still takes options. */
export const argumentInjection: Oracle = {
  id: 'argument-injection',
  title: 'Event data is read as an option of a program',
  severity: 'high',
  cwe: ['CWE-88'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['process'],
  remediation:
    'Put `--` before values where the program knows it, prefix file names with ./ or make them absolute, or refuse a leading dash.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const effect of effectsOf(trial, 'process')) {
      const option = effect.shell ? undefined : optionIn(effect, injection.head)
      if (option === undefined) continue
      yield {
        rule: 'argument-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${effect.file} was given ${option}, where it reads options`,
      }
    }
  },
}

/** An argument that is the payload itself, before any `--`, and not the value of the option before it. */
function optionIn({ file, argv }: EffectOf<'process'>, head: string): string | undefined {
  const alone = PROGRAMS[file.split('/').at(-1) ?? '']
  if (alone === undefined) return undefined
  const end = argv.findIndex((arg) => arg === '--' || arg === '--end-of-options')
  const read = end === -1 ? argv : argv.slice(0, end)
  return read.find((arg, i) => {
    const before = read[i - 1] ?? ''
    const takesIt = before.startsWith('-') && !alone.test(before) && !HAS_VALUE.test(before)
    return arg.toLowerCase().startsWith(`--${head}`) && !takesIt
  })
}
