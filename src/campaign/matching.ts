import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { usualText } from '../generate/index.js'
import { canaryOf, SLOT } from '../model/index.js'

const MOST_LENGTH = 60
const MOST_MARKS = 3
/** The pattern is the function's: one that takes exponential time must not take ours. */
const TIMEOUT_MS = 100
/** What can be made is made in a few ms; a machine under load takes longer. */
const SAMPLE_MS = 500
const hopeless = new Set<string>()
const STAND_IN = canaryOf({ tag: 0, caseNumber: 0, site: 0 })

/** A few texts that the pattern matches, always the same ones; where it leaves room, the first holds SLOT there. */
export function matching(source: string, flags: string): readonly string[] {
  const plain = flags.replace(/[gyd]/g, '')
  try {
    // The generator knows no case: what it makes matches with and without.
    const pattern = new RegExp(source, plain.replace('i', ''))
    const samples = sampled(pattern)
    const marked = [...new Set(samples)].flatMap((sample) => withRoom(sample, source, plain))
    const usual = marked.length > 0 ? undefined : usualText(source, plain)
    return [...new Set([...marked.slice(0, 1), ...(usual === undefined ? [] : [usual]), ...samples])].slice(0, 2)
  } catch {
    return [] // look-around and the like: nothing is guessed
  }
}

/**
 * The generator tries signs until one fits: of what only other alphabets have (`[^\x00-\x7F]`) it tries for ever. The context's
 * clock also stops what is called from within it; the same pattern is asked for at every look, and given up once.
 */
function sampled(pattern: RegExp): readonly string[] {
  if (hopeless.has(String(pattern))) return []
  const sample = () => fc.sample(fc.stringMatching(pattern), { seed: 1, numRuns: 2 })
  try {
    return runInNewContext('sample()', { sample }, { timeout: SAMPLE_MS }) as readonly string[]
  } catch (error) {
    hopeless.add(String(pattern))
    throw error
  }
}

/** The text with SLOT where it may be anything: the longest such parts. */
function withRoom(sample: string, source: string, flags: string): readonly string[] {
  if (sample.length > MOST_LENGTH) return []
  try {
    const globals = { sample, source, flags, stand: STAND_IN, most: MOST_MARKS }
    const marked = String(runInNewContext(FIND_ROOM, globals, { timeout: TIMEOUT_MS }))
    return marked.includes(STAND_IN) ? [marked.replaceAll(STAND_IN, SLOT)] : []
  } catch {
    return []
  }
}

/** Replaces part after part, the longest first, by what stands for a canary, as long as the pattern still matches. */
const FIND_ROOM = `
  const pattern = new RegExp(source, flags)
  const more = (parts) => {
    const spans = parts.flatMap((text, part) =>
      [...text].flatMap((_, at) => Array.from({ length: text.length - at }, (_, i) => ({ part, at, end: at + i + 1 }))))
    spans.sort((a, b) => b.end - b.at - (a.end - a.at))
    for (const { part, at, end } of spans) {
      const made = [...parts.slice(0, part), parts[part].slice(0, at), parts[part].slice(end), ...parts.slice(part + 1)]
      if (pattern.test(made.join(stand))) return made
    }
  }
  let found = [sample]
  for (let i = 0; i < most; i++) found = more(found) ?? found
  found.join(stand)
`
