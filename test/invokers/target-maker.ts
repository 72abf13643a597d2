import { fileURLToPath } from 'node:url'
import type { Target } from '#src/model/index.js'

export const HANDLERS = fileURLToPath(new URL('../../test/handlers', import.meta.url))

/** A target whose file stands in test/handlers; a test states only what it is about. */
export const target = (overrides: Partial<Target> = {}): Target => ({
  id: 'outcomes',
  file: `${HANDLERS}/outcomes.mjs`,
  export: 'handler',
  root: HANDLERS,
  runtime: 'nodejs22.x',
  sources: ['apigw-v2'],
  triggers: {},
  environment: {},
  timeoutMs: 2_000,
  memoryMb: 128,
  role: null,
  fixtures: [],
  ...overrides,
})
