import type { Json } from '../../model/index.js'
import { below, type Place } from './source-file.js'
import { directoryOf, type Outcome, type Settings, type Visit } from './variables.js'

export interface Address {
  readonly type: string
  readonly parameters: string | null
  readonly address: string
}

// As in the environment that functions get from us: src/invokers/environment.ts.
const ACCOUNT = '000000000000'
const REGION = 'us-east-1'

/** What an address such as `self:custom.table` or `file(x.yml):a.b` leads to. */
export function addressed(address: Address, visit: Visit, settings: Settings): Outcome {
  const find = Object.hasOwn(FINDERS, address.type) ? FINDERS[address.type] : undefined
  return find === undefined ? { why: `is not known before deployment` } : find(address, visit, settings)
}

type Finder = (address: Address, visit: Visit, settings: Settings) => Outcome

const FINDERS: Readonly<Record<string, Finder>> = {
  self: ({ address }, visit, settings) => self(address, visit, settings),
  opt: ({ address }, _, settings) => given(settings, 'opt', address),
  env: ({ address }, _, settings) => given(settings, 'env', address) ?? { why: 'is not given' },
  sls: ({ address }, visit, settings) =>
    address === 'stage' ? stage(visit, settings) : address === 'instanceId' ? made('instance', settings) : undefined,
  aws: ({ address }, visit, settings) =>
    address === 'accountId' ? made(ACCOUNT, settings) : address === 'region' ? region(visit, settings) : undefined,
  param: ({ address }, visit, settings) => param(address, visit, settings),
  file,
  strToBool: ({ parameters }, _, settings) => made(/^(?:true|1)$/.test(parameters?.trim() ?? ''), settings),
}

const made = (value: Json, { main }: Settings): Outcome => ({ value, place: below(main, '(value)') })

function given(settings: Settings, type: string, name: string): Outcome {
  for (const key of [`${type}:${name}`, name])
    if (Object.hasOwn(settings.parameters, key)) return made(settings.parameters[key]!, settings)
  return undefined
}

const keysOf = (address: string): string[] => address.split('.').filter((key) => key !== '')

function self(address: string, visit: Visit, settings: Settings): Outcome {
  const keys = keysOf(address)
  const found = visit.walk(settings.main, keys)
  if (found !== undefined) return found
  // `service: name` and `service: { name }` are the same; stage and region have defaults.
  if (address === 'service.name') return visit.walk(settings.main, ['service'])
  if (address === 'service') return visit.walk(settings.main, ['service', 'name'])
  if (address === 'provider.stage') return given(settings, 'opt', 'stage') ?? made('dev', settings)
  if (address === 'provider.region') return given(settings, 'opt', 'region') ?? made(REGION, settings)
  return undefined
}

const stage = (visit: Visit, settings: Settings): Outcome =>
  given(settings, 'opt', 'stage') ?? self('provider.stage', visit, settings)

const region = (visit: Visit, settings: Settings): Outcome =>
  given(settings, 'opt', 'region') ?? self('provider.region', visit, settings)

/** Serverless 3: `params.<stage>`, Serverless 4: `stages.<stage>.params`; either way with a `default`. */
function param(name: string, visit: Visit, settings: Settings): Outcome {
  const byUser = given(settings, 'param', name)
  if (byUser !== undefined) return byUser
  const chosen = stage(visit, settings)
  const stages = chosen !== undefined && 'value' in chosen ? [visit.deep(chosen.value, chosen.place), 'default'] : ['default']
  for (const each of stages) {
    if (typeof each !== 'string') continue
    const found = visit.walk(settings.main, ['params', each, name]) ?? visit.walk(settings.main, ['stages', each, 'params', name])
    if (found !== undefined) return found
  }
  return undefined
}

function file({ parameters, address }: Address, visit: Visit, settings: Settings): Outcome {
  const name = (parameters ?? '').trim().replace(/^["']|["']$/g, '')
  const loaded = settings.files.load(directoryOf(settings), name)
  if ('why' in loaded) return { why: `has no value: ${loaded.why}` }
  const place: Place = { source: loaded.source, path: [] }
  return visit.walk(place, keysOf(address))
}
