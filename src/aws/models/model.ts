import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type PackedShape, type Shape, unpackShapes } from './shapes.js'

export type ModelProtocol = 'json-1.0' | 'json-1.1' | 'query' | 'ec2' | 'rest-json' | 'rest-xml' | 'cbor'

/** One operation of an API. */
export interface Operation {
  readonly name: string
  readonly input: Shape
  readonly output: Shape
  /** Method, URI template and status of a REST API. */
  readonly http?: { readonly method: string; readonly uri: string; readonly status: number }
  /** Path of the member of the output that asks for a further page. */
  readonly pageToken?: string
}

/** One AWS service, as its SDK client knows it. */
export interface ServiceModel {
  readonly id: string
  /** Signing name. */
  readonly service: string
  /** What stands before region and domain in its host. */
  readonly endpoint: string
  /** What stands before the operation in X-Amz-Target. */
  readonly target: string
  readonly protocol: ModelProtocol
  readonly namespace: string
  operation(name: string): Operation | undefined
  readonly operationNames: readonly string[]
}

type PackedOperation = readonly [number, number, (0 | readonly [string, string, number?])?, string?]
interface PackedService {
  readonly ops: Readonly<Record<string, PackedOperation>>
  readonly shapes: readonly PackedShape[]
}

let loaded: readonly ServiceModel[] | undefined

/** All services that are known. Their operations and shapes are parsed one service at a time, when first asked for. */
export function serviceModels(): readonly ServiceModel[] {
  loaded ??= load()
  return loaded
}

/** Services of a signing name: SES v1 and v2 share one. */
export const modelsOf = (service: string): readonly ServiceModel[] => serviceModels().filter((model) => model.service === service)

function load(): readonly ServiceModel[] {
  const data = gunzipSync(readFileSync(new URL('../../../data/aws-models.json.gz', import.meta.url)))
  const lines: Buffer[] = []
  for (let at = 0; at < data.length; ) {
    const end = data.indexOf(0x0a, at)
    lines.push(data.subarray(at, end))
    at = end + 1
  }
  const index = JSON.parse(lines[0]!.toString('utf8')) as { services: readonly string[][] }
  return index.services.map((head, i) => lazyModel(head, lines[i + 1]!))
}

function lazyModel([id, service, endpoint, target, protocol, namespace]: readonly string[], line: Buffer): ServiceModel {
  let parsed: { ops: PackedService['ops']; shapeOf: (ref: number) => Shape } | undefined
  const open = () => {
    if (parsed === undefined) {
      const { ops, shapes } = JSON.parse(line.toString('utf8')) as PackedService
      parsed = { ops, shapeOf: unpackShapes(shapes) }
    }
    return parsed
  }
  const known = new Map<string, Operation>()
  return {
    id: id!,
    service: service!,
    endpoint: endpoint!,
    target: target!,
    protocol: protocol as ModelProtocol,
    namespace: namespace!,
    get operationNames() {
      return Object.keys(open().ops)
    },
    operation(name) {
      const { ops, shapeOf } = open()
      if (!Object.hasOwn(ops, name)) return undefined
      const found = known.get(name) ?? unpack(name, ops[name]!, shapeOf)
      known.set(name, found)
      return found
    },
  }
}

function unpack(name: string, [input, output, http, pageToken]: PackedOperation, shapeOf: (ref: number) => Shape): Operation {
  const binding = http === undefined || http === 0 ? undefined : { method: http[0], uri: http[1], status: http[2] ?? 200 }
  return {
    name,
    input: shapeOf(input),
    output: shapeOf(output),
    ...(binding === undefined ? {} : { http: binding }),
    ...(pageToken === undefined ? {} : { pageToken }),
  }
}
