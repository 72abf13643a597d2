/** Texts whose form alone does not make them right: a pattern of a date also lets through a month 99. */
const MOMENTS = [
  '2026-01-02T03:04:05Z',
  '2026-01-02T03:04:05.000Z',
  '2026-01-02T03:04:05+00:00',
  '2026-01-02T03:04:05',
  '2026-01-02T03:04Z',
  '2026-01-02T03:04',
  '2026-01-02 03:04:05',
  '2026-01-02',
  '02.01.2026',
  '02/01/2026',
  '2026-01',
  '20260102',
  '03:04:05',
  '03:04',
  '192.0.2.1',
]
const MARKER = 'efab2c3d4e5fz'

/** A moment (or an address) in the form that a pattern asks for; undefined where other texts fit as well. */
export function usualText(pattern: string, flags = ''): string | undefined {
  try {
    const expression = new RegExp(pattern, flags.replace(/[gy]/g, ''))
    // What lets a word through asks for no moment.
    return expression.test(MARKER) || expression.test('abcdefgh') ? undefined : MOMENTS.find((text) => expression.test(text))
  } catch {
    return undefined
  }
}
