import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { usualText, withRoom } from '../model/index.js'

/** What can be made is made in a few ms; a machine under load takes longer. */
const SAMPLE_MS = 500
const hopeless = new Set<string>()

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
