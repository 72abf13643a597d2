import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { copyLine } from '../yaml.js'
import { own } from './values.js'

const SECTION_OF: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Function',
  'AWS::Serverless::Api': 'Api',
  'AWS::Serverless::HttpApi': 'HttpApi',
  'AWS::Serverless::SimpleTable': 'SimpleTable',
  'AWS::Serverless::StateMachine': 'StateMachine',
  'AWS::Serverless::LayerVersion': 'LayerVersion',
  'AWS::Serverless::WebSocketApi': 'WebSocketApi',
}

/** SAM's Globals: mappings are merged, lists are joined (the global first), and what the resource says wins. */
export function withGlobals(sections: JsonObject, type: string, properties: JsonObject): JsonObject {
  const name = Object.hasOwn(SECTION_OF, type) ? SECTION_OF[type]! : undefined
  const global = name === undefined ? undefined : own(own(sections, 'Globals'), name)
  return isJsonObject(global) ? (merge(global, properties) as JsonObject) : properties
}

function merge(global: Json, local: Json): Json {
  if (Array.isArray(global) && Array.isArray(local)) return [...(global as readonly Json[]), ...(local as readonly Json[])]
  if (!isJsonObject(global) || !isJsonObject(local)) return local
  if (isIntrinsic(global) || isIntrinsic(local)) return local
  const merged = new Map(Object.entries(global))
  for (const [key, value] of Object.entries(local)) merged.set(key, merged.has(key) ? merge(merged.get(key)!, value) : value)
  return copyLine(local, Object.fromEntries(merged))
}

function isIntrinsic(value: JsonObject): boolean {
  const keys = Object.keys(value)
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0]!.startsWith('Fn::'))
}
