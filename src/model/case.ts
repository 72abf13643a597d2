import type { Json, JsonObject } from './json.js'
import type { Payload, PayloadFamily } from './payload.js'
import type { AwsFixture } from './target.js'
import type { WebMode } from './web.js'

/** Source ids; also the names of their files and schemas. */
export const SOURCE_IDS = [
  'apigw-v1',
  'apigw-v2',
  's3',
  'sqs',
  'dynamodb-stream',
  'authorizer-token',
  'authorizer-request',
  'function-url',
  'alb',
  'apigw-websocket',
  'sns',
  'kinesis',
  'eventbridge',
  's3-eventbridge',
  'kafka',
  'firehose',
  'cloudwatch-logs',
  'ses',
  'cognito',
  'cfn-custom-resource',
  'direct',
] as const
export type SourceId = (typeof SOURCE_IDS)[number]

/** What the event must be like: from honest to broken. */
export const STAGES = ['valid', 'boundary', 'hostile'] as const
/** Further stages of generated events: what a service would not hand over, or hands over more than once. */
export const GENERATED_STAGES = [...STAGES, 'inconsistent', 'negative', 'malformed', 'sequence'] as const
export type GeneratedStage = (typeof GENERATED_STAGES)[number]
export type Stage = (typeof STAGES)[number] | 'sequence'

/** delivered: an attacker can send it through the service. direct: only whoever may call lambda:InvokeFunction. */
export type Surface = 'delivered' | 'direct'

/** Who controls a field: a remote attacker, somebody with limited write, the AWS service, the owner's configuration. */
export type Control = 'attacker' | 'producer' | 'service' | 'owner'

/** How a wire value is carried into the event. */
export type Encoding = 's3-key-url' | 'url-path' | 'url-query' | 'header' | 'base64' | 'json-string' | 'form'

/** What the trigger does with the handler's answer, and so what shape it must have. */
export type ResponseContract =
  | 'proxy-v1'
  | 'proxy-v2'
  | 'websocket'
  | 'batch'
  | 'firehose'
  | 'cognito'
  | 'authorizer'
  | 'async'
  | 'direct'

/** A leaf of the wire input where attacker data can stand; the event pointers it is copied to are looked up when a finding is written. */
export interface InsertionPoint {
  /** Plain pointer into the wire input. */
  readonly wire: string
  readonly control: Control
  /** Outermost first. */
  readonly encodings: readonly Encoding[]
  /** leaf: a scalar. object: the sender chooses the keys. */
  readonly kind: 'leaf' | 'object'
}

/** A unique marker at an insertion point. */
export interface PlantedCanary {
  readonly canary: string
  readonly point: InsertionPoint
}

/** The payload of a hostile case: the region HEAD..TAIL is what must stay inside its token. */
export interface Injection {
  readonly family: string
  readonly payload: string
  readonly point: InsertionPoint
  readonly head: string
  readonly tail: string
  /** What stands between head and tail; absent where that is no text. */
  readonly text?: string
  /** Two further markers that only executed code can join. */
  readonly joined: string
}

/** A case before its canaries are drawn: slots and payload templates in place, so that it can be rendered again with others. */
export interface Draft {
  readonly surface: Surface
  readonly stage: Stage
  readonly wire: Json
  readonly placed: Placed | null
  /** The honest draft this one was made of; null for a template. */
  readonly base: Draft | null
  readonly labels: readonly string[]
}

export interface Placed {
  readonly family: string
  readonly payload: string
  readonly point: InsertionPoint
  /** The benign twin of the payload, as a template. */
  readonly control: Json
  /** Keys that the payload added to an open object: its twin comes in their place. */
  readonly keys: readonly string[]
}

export interface Step {
  /** The event as JSON text. */
  readonly text: string
  /** False: a fresh process is wanted before this step. */
  readonly warm: boolean
  /** This event needs what the function answered to the step before it. */
  readonly takes?: Taken
  /** What AWS says during this step instead of what the stub would say: second-order data, faults. */
  readonly answers?: readonly AwsFixture[]
  /** What requests to other hosts than AWS's come to; they are answered when absent. */
  readonly web?: WebMode
}

/** A value that only the function can give out, such as the id of what it made: `marker` in the event stands for it. */
export interface Taken {
  readonly marker: string
  /** JSON pointer into the answer; into its body where that is JSON text. */
  readonly at: string
}

export type CaseId = string & { readonly __brand: 'CaseId' }

/** One thing to try. */
export interface Case {
  readonly id: CaseId
  readonly source: SourceId
  readonly contract: ResponseContract
  readonly surface: Surface
  readonly stage: Stage
  readonly steps: readonly Step[]
  readonly draft: Draft
  /** The wire input of the deciding (last) step, rendered. */
  readonly wire: Json
  /** With a key that only the function and who it trusts have. */
  readonly signed?: boolean
  readonly canaries: readonly PlantedCanary[]
  readonly injection: Injection | null
}

/** Makes cases of one source: the campaign decides what to try, this knows how to write it. */
export interface CaseMaker {
  readonly source: SourceId
  /** `names`: properties that are read. `routes`: what the code compares routes with; they count where the owner's are not known. */
  templates(names: readonly string[], routes?: readonly string[]): readonly Draft[]
  /** The draft with what the handler looked for at an event pointer, or undefined when nobody can deliver it there. */
  supply(draft: Draft, pointer: string, value: Json): Draft | undefined
  /** Drafts whose data at an event pointer is what a schema asks for, the usual value first; empty where nobody can deliver it. */
  fitted(draft: Draft, pointer: string, schema: JsonObject): readonly Draft[]
  /** Wire pointers of the JSON objects that stand at these event pointers. */
  objectsAt(draft: Draft, pointers: readonly string[]): readonly string[]
  boundaries(draft: Draft): Iterable<Draft>
  /** Random valid events. */
  samples(seed: number, count: number): readonly Draft[]
  /** Several records in one event, one of which no consumer can read. */
  poisoned(draft: Draft): readonly Draft[]
  /** The draft with values that the user's own strategies make, one each. */
  tailored(draft: Draft): readonly Draft[]
  points(draft: Draft): readonly InsertionPoint[]
  withValue(draft: Draft, point: InsertionPoint, value: Json): Draft
  /** `inside`: a payload that replaces the leaf stands where its marker stood instead; undefined where that is all of it. */
  place(draft: Draft, point: InsertionPoint, family: PayloadFamily, payload: Payload, inside?: boolean): Draft | undefined
  /** The same with the payload's benign twin. */
  control(draft: Draft): Draft
  /** Wire pointers that may be left out without touching the payload. */
  removable(draft: Draft): readonly string[]
  without(draft: Draft, pointers: readonly string[]): Draft
  /** The draft with what another one holds at a wire pointer, or without it when that holds nothing there. */
  restore(draft: Draft, from: Draft, pointer: string): Draft
  /** The draft with what the service was seen to add to every event: for a maker that has not seen it. */
  complete(draft: Draft): Draft
  /** Undefined when the service would not deliver it. `number` makes the canaries unique. */
  render(draft: Draft, number: number): Case | undefined
  /** Event pointers at which a marker stands; the first is the one to report. */
  pointers(made: Case, marker: string): readonly string[]
  recipe(made: Case): readonly string[]
}
