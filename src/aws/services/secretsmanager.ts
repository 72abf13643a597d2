import { createHash } from 'node:crypto'
import type { JsonObject } from '../../model/index.js'
import { resourcesOf } from '../models/resources.js'
import type { Store } from '../store.js'
import { type Answer, type Ask, type AwsService, arn, listOf, ok, type Place, refuse, textOf } from './service.js'

interface Version {
  readonly id: string
  readonly value: JsonObject
  readonly stages: readonly string[]
}

interface Secret {
  readonly name: string
  readonly versions: readonly Version[]
  readonly deleted: boolean
}

const SHELF = 'secrets'
const THEN = 1_767_225_600

/**
 * Secrets that were put are given back, by version and stage. Of one that was never put the models give an invented value, as JSON
 * with a user and a password: a secret that the function names is there in real life, and behind "not found" nothing can be tested.
 */
export const secretsmanager: AwsService = {
  service: 'secretsmanager',
  operations: {
    CreateSecret: createSecret,
    PutSecretValue: (ask) => putValue(ask),
    UpdateSecret: (ask) => putValue(ask),
    GetSecretValue: getValue,
    DescribeSecret: describeSecret,
    DeleteSecret: (ask) => setDeleted(ask, true),
    RestoreSecret: (ask) => setDeleted(ask, false),
    ListSecrets: ({ store, place }) => ok({ SecretList: secretsOf(store).map((secret) => described(secret, place)) }),
  },
  resources: (operation, params, place) => resourcesOf('secretsmanager', operation, params, place),
}

const secretsOf = (store: Store): Secret[] => store.entries<Secret>(SHELF).map(([, secret]) => secret)

/** The name in a SecretId: an ARN ends in six random characters. */
const nameOf = (id: unknown): string => /:secret:(.{1,600}?)(?:-[A-Za-z0-9]{6})?$/.exec(String(id))?.[1] ?? String(id)
const suffixOf = (name: string): string => createHash('md5').update(name).digest('hex').slice(0, 6)
const arnOf = (name: string, place: Place): string => arn('secretsmanager', place, `secret:${name}-${suffixOf(name)}`)
const secretIn = ({ SecretString, SecretBinary }: JsonObject): JsonObject => ({
  ...(SecretString === undefined ? {} : { SecretString }),
  ...(SecretBinary === undefined ? {} : { SecretBinary }),
})
const notFound = (what = 'the specified secret'): Answer =>
  refuse('ResourceNotFoundException', `Secrets Manager can't find ${what}.`)
const marked = (): Answer =>
  refuse('InvalidRequestException', "You can't perform this operation on the secret because it was marked for deletion.")

function createSecret(ask: Ask): Answer {
  const name = String(ask.params.Name)
  if (ask.store.get<Secret>(SHELF, name) !== undefined)
    return refuse('ResourceExistsException', `The operation failed because the secret ${name} already exists.`)
  return putValue({ ...ask, params: { ...ask.params, SecretId: name } })
}

/** The new version gets AWSCURRENT, the one that had it AWSPREVIOUS. */
function putValue({ params, store, place }: Ask): Answer {
  const name = nameOf(params.SecretId)
  const before = store.get<Secret>(SHELF, name)
  if (before?.deleted) return marked()
  const value = secretIn(params)
  const id = textOf(params.ClientRequestToken) ?? `00000000-0000-4000-8000-${String(store.serial()).padStart(12, '0')}`
  const stages = listOf(params.VersionStages).map(String)
  const put = { id, value, stages: stages.length > 0 ? stages : ['AWSCURRENT'] }
  const versions = Object.keys(value).length === 0 ? (before?.versions ?? []) : [put, ...staged(before?.versions ?? [], put)]
  // AWS keeps about a hundred versions.
  store.put(
    SHELF,
    name,
    { name, versions: versions.slice(0, 100), deleted: false } satisfies Secret,
    JSON.stringify(versions).length,
  )
  return ok({ ARN: arnOf(name, place), Name: name, VersionId: id, VersionStages: put.stages })
}

function staged(versions: readonly Version[], { id, stages }: Version): Version[] {
  return versions
    .filter((version) => version.id !== id)
    .map((version) => {
      const left = version.stages.filter(
        (stage) => !stages.includes(stage) && !(stages.includes('AWSCURRENT') && stage === 'AWSPREVIOUS'),
      )
      const previous = stages.includes('AWSCURRENT') && version.stages.includes('AWSCURRENT')
      return { ...version, stages: previous ? [...left, 'AWSPREVIOUS'] : left }
    })
}

function getValue({ params, store, place }: Ask): Answer | undefined {
  const secret = store.get<Secret>(SHELF, nameOf(params.SecretId))
  if (secret === undefined) return undefined
  if (secret.deleted) return marked()
  const id = textOf(params.VersionId)
  const stage = textOf(params.VersionStage) ?? 'AWSCURRENT'
  const found = secret.versions.find((version) => (id === undefined ? version.stages.includes(stage) : version.id === id))
  if (found === undefined)
    return notFound(`the specified secret value for ${id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`}`)
  const { name } = secret
  return ok({
    ARN: arnOf(name, place),
    Name: name,
    VersionId: found.id,
    ...found.value,
    VersionStages: [...found.stages],
    CreatedDate: THEN,
  })
}

function describeSecret({ params, store, place }: Ask): Answer | undefined {
  const secret = store.get<Secret>(SHELF, nameOf(params.SecretId))
  return secret === undefined ? undefined : ok(described(secret, place))
}

const described = ({ name, versions, deleted }: Secret, place: Place): JsonObject => ({
  ARN: arnOf(name, place),
  Name: name,
  CreatedDate: THEN,
  ...(deleted ? { DeletedDate: THEN } : {}),
  VersionIdsToStages: Object.fromEntries(versions.map(({ id, stages }) => [id, [...stages]])),
})

function setDeleted({ params, store, place }: Ask, deleted: boolean): Answer {
  const name = nameOf(params.SecretId)
  const secret = store.get<Secret>(SHELF, name) ?? { name, versions: [], deleted: false }
  store.put(SHELF, name, { ...secret, deleted }, JSON.stringify(secret).length)
  return ok({ ARN: arnOf(name, place), Name: name, ...(deleted ? { DeletionDate: THEN } : {}) })
}
