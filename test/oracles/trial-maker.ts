import type {
  AwsCall,
  Case,
  CaseId,
  Draft,
  Effect,
  EffectKind,
  EffectOf,
  InsertionPoint,
  Observation,
  Outcome,
  Secret,
  Trial,
} from '#src/model/index.js'

export const HEAD = 'efaaaaaaaaaaz'
export const TAIL = 'efbbbbbbbbbbz'

const point: InsertionPoint = { wire: '/query/q/0', control: 'attacker', encodings: ['url-query'], kind: 'leaf' }
const draft: Draft = { surface: 'delivered', stage: 'hostile', wire: {}, placed: null, base: null, labels: [] }

interface Overrides {
  readonly case?: Partial<Case>
  /** Text of the deciding step. */
  readonly event?: unknown
  readonly outcome?: Outcome
  readonly effects?: readonly Effect[]
  readonly aws?: readonly AwsCall[]
  readonly secrets?: readonly Secret[]
}

/** A hostile case over apigw-v2 whose function returned 200 and touched nothing; a test states only what it is about. */
export function trial({ case: changes, event = {}, outcome, effects = [], aws = [], secrets = [] }: Overrides): Trial {
  const made: Case = {
    id: 'apigw-v2-1' as CaseId,
    source: 'apigw-v2',
    contract: 'proxy-v2',
    surface: 'delivered',
    stage: 'hostile',
    steps: [{ text: JSON.stringify(event), warm: true }],
    draft,
    wire: {},
    canaries: [{ canary: HEAD, point }],
    injection: { family: 'f', payload: 'p', point, head: HEAD, tail: TAIL, joined: 'efccccccccccz' },
    ...changes,
  }
  const observation: Observation = {
    outcome: outcome ?? returned({ statusCode: 200, body: 'ok' }),
    effects,
    aws,
    log: '',
    cpuUs: 100,
    rssBytes: 1,
    synthetic: false,
    reads: [],
    missing: [],
    compared: [],
    schemas: [],
  }
  return { case: made, observations: [observation], secrets }
}

export const returned = (value: unknown): Outcome => ({ kind: 'returned', text: JSON.stringify(value) ?? 'null' })

export const threw = (name: string, changes: Partial<Extract<Outcome, { kind: 'threw' }>> = {}): Outcome => ({
  kind: 'threw',
  name,
  message: 'no',
  stack: `${name}: no\n    at handler (src/app.mjs:10:5)\n    at run (/opt/eventfuzz/host.js:1:1)`,
  how: 'handler',
  code: null,
  isError: true,
  ...changes,
})

/** An effect of one kind, seen at src/app.mjs line 10. */
export function effect<K extends EffectKind>(
  kind: K,
  fields: Omit<EffectOf<K>, keyof typeof seen | 'kind' | 'cut'> & { readonly api?: string },
): Effect {
  return { ...seen, kind, ...fields } as unknown as Effect
}

const location = { file: 'src/app.mjs', line: 10, column: 5, fn: 'handler' }
const seen = { seq: 0, location, frames: [location], api: 'some.api', answered: 'none', afterSettle: false } as const
