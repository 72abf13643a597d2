import type { Target } from '../model/index.js'

/** A function of which only its file is known: what Lambda sets when nobody says otherwise, and a current runtime. */
export const newTarget = (known: Pick<Target, 'id' | 'file' | 'root'> & Partial<Target>): Target => ({
  export: 'handler',
  runtime: 'nodejs22.x',
  sources: [],
  triggers: {},
  environment: {},
  timeoutMs: 3_000,
  memoryMb: 128,
  role: null,
  fixtures: [],
  ...known,
})
