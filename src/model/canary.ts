/**
 * Canary = `ef` + 10 of [a-z2-7] + `z`: fixed length, survives case folding, URL, HTML, trimming and host names.
 * The ten signs hold 50 bits: 10 of run tag, 26 of case number, 14 of site, so a sighting names its case and field by itself.
 */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const CANARY = /ef[a-z2-7]{10}z/gi

export interface CanaryParts {
  readonly tag: number
  readonly caseNumber: number
  readonly site: number
}

export function canaryOf({ tag, caseNumber, site }: CanaryParts): string {
  let bits = (BigInt(tag & 0x3ff) << 40n) | (BigInt(caseNumber & 0x3ffffff) << 14n) | BigInt(site & 0x3fff)
  // A fixed odd multiplier modulo 2^50 keeps it invertible and makes neighbours look unlike each other.
  bits = (bits * MIX) & MASK
  let text = ''
  for (let i = 0; i < 10; i++) {
    text += ALPHABET[Number(bits & 31n)]
    bits >>= 5n
  }
  return `ef${text}z`
}

const MASK = (1n << 50n) - 1n
const MIX = 0x2545f4914f6cdn
const UNMIX = inverse(MIX)

function inverse(odd: bigint): bigint {
  let x = odd
  for (let i = 0; i < 6; i++) x = (x * (2n - odd * x)) & MASK
  return x & MASK
}

/** The parts of a canary, or undefined for a text that is none. */
export function canaryParts(canary: string): CanaryParts | undefined {
  if (!/^ef[a-z2-7]{10}z$/i.test(canary)) return undefined
  let bits = 0n
  for (let i = 9; i >= 0; i--) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(canary.toLowerCase()[2 + i]!))
  bits = (bits * UNMIX) & MASK
  return { tag: Number(bits >> 40n), caseNumber: Number((bits >> 14n) & 0x3ffffffn), site: Number(bits & 0x3fffn) }
}

/** Every canary-shaped text in `text`, in lower case, in order, with repeats. */
export function canariesIn(text: string): string[] {
  const found = text.match(CANARY)
  return found === null ? [] : found.map((c) => c.toLowerCase())
}
