const WANTED = process.env['THOROUGH'] ?? ''

/** True in CI and in `npm run verify`: tests that take long run too. */
export const THOROUGH = WANTED === '1' || WANTED === 'all'

/** True in `npm run verify` alone: what would make CI too slow runs too. */
export const ALL = WANTED === 'all'

type Body = Mocha.AsyncFunc | Mocha.Func

/** A test that takes long. Elsewhere it is skipped, and its title says so. */
export const thorough = (title: string, body: Body): void => {
  if (THOROUGH) it(title, body)
  else it.skip(`${title} (takes long: THOROUGH=1 npm test)`, body)
}

/** A test that only `npm run verify` has the time for; CI holds the same claim by another test, and says which. */
export const exhaustive = (title: string, heldBy: string, body: Body): void => {
  if (ALL) it(title, body)
  else if (THOROUGH) console.log(`      left to npm run verify: ${title} (held in part by: ${heldBy})`)
  else it.skip(`${title} (takes long: npm run verify; held in part by: ${heldBy})`, body)
}
