import { createRequire } from 'node:module'

// Resolved by name at run time: a part of the SDK's clients, not a dependency of ours.
const { NormalizedSchema } = createRequire(import.meta.url)(String('@smithy/core/schema')) as {
  NormalizedSchema: { of(schema: unknown): Schema }
}

interface Schema {
  isStringSchema(): boolean
  isNumericSchema(): boolean
  isBigIntegerSchema(): boolean
  isBooleanSchema(): boolean
  isTimestampSchema(): boolean
  isBlobSchema(): boolean
  isListSchema(): boolean
  isMapSchema(): boolean
  isStructSchema(): boolean
  isUnionSchema(): boolean
  isDocumentSchema(): boolean
  isStreaming(): boolean
  getValueSchema(): Schema
  getName(): string | undefined
  getMergedTraits(): Record<string, unknown>
  structIterator(): Iterable<[string, Schema]>
}

/** An input in which each text is marked, and what is expected of each leaf, by its path. */
export interface MarkedInput {
  readonly input: Record<string, unknown>
  readonly leaves: readonly (readonly [readonly string[], unknown])[]
}

const DEEPEST = 4
// Members that the SDK itself reads: a mark in them would never be sent. An empty text leaves the member out.
const READ_BY_THE_SDK: readonly (readonly [RegExp, RegExp, string])[] = [
  [/Kinesis/, /^ChannelARN$/, 'arn:aws:kinesis:eu-west-1:000000000000:channel/'],
  [/Kinesis/, /ARN$/, 'arn:aws:kinesis:eu-west-1:000000000000:stream/'],
  [/^SQS$/, /^QueueUrl$/, 'https://sqs.eu-west-1.amazonaws.com/000000000000/'],
  [/SESv2|EventBridge/, /^EndpointId$/, ''],
  [/S3/, /^ChecksumAlgorithm$/, 'CRC32'],
  [/S3/, /^(?:Checksum\w+|ContentMD5|ContentLength|.*SSECustomerKey(?:MD5)?)$/, ''],
]

/** An input for an operation, built from the SDK's own schema (not from our extract of it): every member set, every text its own. */
export function markedInput(service: string, schema: unknown): MarkedInput {
  const builder = new Builder(service)
  const root = NormalizedSchema.of(schema)
  return { input: root.isStructSchema() ? builder.struct(root, [], DEEPEST, []) : {}, leaves: builder.leaves }
}

class Builder {
  readonly leaves: [readonly string[], unknown][] = []
  readonly #service: string

  constructor(service: string) {
    this.#service = service
  }

  struct(shape: Schema, path: readonly string[], levels: number, inside: readonly string[]): Record<string, unknown> {
    const result: Record<string, unknown> = {}
    for (const [name, member] of shape.structIterator()) {
      const value = this.#value(member, [...path, name], levels, inside)
      if (value !== undefined) result[name] = value
      if (value !== undefined && shape.isUnionSchema()) break
    }
    return result
  }

  #value(shape: Schema, path: readonly string[], levels: number, inside: readonly string[]): unknown {
    const rule = READ_BY_THE_SDK.find(([service, name]) => service.test(this.#service) && name.test(path.at(-1)!))
    if (rule !== undefined)
      return rule[2].endsWith('/') ? this.#leaf(path, `${rule[2]}${this.leaves.length}`) : rule[2] || undefined
    if (shape.isStreaming() && shape.isStructSchema()) return this.#events(shape, path, inside)
    if (shape.isStringSchema()) return this.#mark(path)
    if (shape.isNumericSchema()) return this.#leaf(path, this.leaves.length + 1)
    if (shape.isBigIntegerSchema()) return 1n
    if (shape.isBooleanSchema()) return this.#leaf(path, true)
    if (shape.isTimestampSchema()) return new Date(0)
    if (shape.isBlobSchema()) return Buffer.from(this.#mark(path))
    if (shape.isDocumentSchema()) return { document: this.#mark([...path, 'document']) }
    return levels === 0 ? undefined : this.#nested(shape, path, levels, inside)
  }

  #nested(shape: Schema, path: readonly string[], levels: number, inside: readonly string[]): unknown {
    if (shape.isListSchema()) {
      const item = this.#value(shape.getValueSchema(), [...path, '0'], levels - 1, inside)
      return item === undefined ? undefined : [item]
    }
    if (shape.isMapSchema()) {
      const key = `key-${this.leaves.length}-x`
      const value = this.#value(shape.getValueSchema(), [...path, key], levels - 1, inside)
      return value === undefined ? undefined : { [key]: value }
    }
    const name = shape.getName() ?? ''
    return inside.includes(name) ? undefined : this.struct(shape, path, levels - 1, [...inside, name])
  }

  #events(shape: Schema, path: readonly string[], inside: readonly string[]): unknown {
    const event = this.struct(shape, [...path, '0'], DEEPEST, inside)
    return (async function* () {
      yield event
    })()
  }

  #mark(path: readonly string[]): string {
    return this.#leaf(path, `mark-${this.leaves.length}-x`)
  }

  #leaf<T>(path: readonly string[], value: T): T {
    this.leaves.push([path, value])
    return value
  }
}

/** The value at a path of objects and arrays. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value)
