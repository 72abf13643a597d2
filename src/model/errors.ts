/** Wrong use or configuration: shown as one line, without a stack; exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** No target could be tested: one line, exit code 3. */
export class TargetError extends Error {
  override readonly name = 'TargetError'
}
