/** True in CI and in `npm run verify`: tests that take long run too. */
export const THOROUGH = process.env['THOROUGH'] === '1'

/** A test that takes long. Elsewhere it is skipped, and its title says so. */
export const thorough = (title: string, body: Mocha.AsyncFunc | Mocha.Func): void => {
  if (THOROUGH) it(title, body)
  else it.skip(`${title} (takes long: THOROUGH=1 npm test)`, body)
}
