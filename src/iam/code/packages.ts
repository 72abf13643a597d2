import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'

const MOST_PACKAGES = 2_000
// They call AWS, or sign what does.
const CALLS =
  /^(@aws-sdk\/(client|lib)-.*|aws-sdk|aws4|aws4fetch|aws-amplify|@aws-amplify\/.*|@aws-sdk\/(signature-v4.*|credential-provider.*)|@smithy\/signature-v4|@aws-lambda-powertools\/(parameters|idempotency))$/
// The AWS clients and their helpers make only the calls that the function's own code names.
const NAMED_HERE =
  /^(aws-sdk|@aws-sdk\/(client|lib)-[^/]*|@aws-sdk\/(util-[^/]*|types|s3-request-presigner|s3-presigned-post|cloudfront-signer)|@smithy\/(types|util-[^/]*|protocol-http|node-http-handler|fetch-http-handler))$/

/** `from`: directories in or above which `node_modules` is looked for. False for a package that may make AWS calls which the function's own code does not name: it, or what it depends on, calls AWS. */
export function isQuiet(specifier: string, from: readonly string[]): boolean {
  const name = packageOf(specifier)
  if (NAMED_HERE.test(name)) return true
  const seen = new Set<string>()
  const queue: (readonly [string, readonly string[]])[] = [[name, from]]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [wanted, dirs] = next
    if (CALLS.test(wanted)) return false
    const found = dirs.map((dir) => find(wanted, dir)).find((dir) => dir !== undefined)
    // Types are packages without code; what else is not there cannot be judged.
    if (found === undefined && !wanted.startsWith('@types/')) return false
    if (found === undefined || seen.has(found)) continue
    seen.add(found)
    if (seen.size > MOST_PACKAGES) return false
    queue.push(...needed(manifestOf(found)).map((one) => [one, [found]] as const))
  }
  return true
}

const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

/** What it runs with. Peers that may be left out, and optional packages, count when they are installed: by their own names they are told. */
function needed(manifest: JsonObject): readonly string[] {
  const optional = isJsonObject(manifest.peerDependenciesMeta) ? manifest.peerDependenciesMeta : {}
  const namesOf = (value: Json | undefined): string[] => (isJsonObject(value) ? Object.keys(value) : [])
  const mayLack = (name: string): boolean => isJsonObject(optional[name]) && optional[name].optional === true
  const peers = namesOf(manifest.peerDependencies).filter((name) => !mayLack(name) || CALLS.test(name))
  const dependencies = namesOf(manifest.dependencies).filter((name) => !namesOf(manifest.optionalDependencies).includes(name))
  return [...dependencies, ...peers]
}

function find(name: string, from: string): string | undefined {
  for (let dir = from; ; dir = path.dirname(dir)) {
    const candidate = path.join(dir, 'node_modules', name)
    if (existsSync(path.join(candidate, 'package.json'))) return candidate
    if (dir === path.dirname(dir)) return undefined
  }
}

function manifestOf(dir: string): JsonObject {
  try {
    const found = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) as Json
    return isJsonObject(found) ? found : {}
  } catch {
    // A package that npm cannot read either: nothing is known of what it needs.
    return { dependencies: { 'aws-sdk': '*' } }
  }
}
