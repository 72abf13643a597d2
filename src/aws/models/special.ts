import { INVENTED_SECRET, isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { listOf, partitionOf, textOf } from '../services/service.js'
import type { Asked } from './invent.js'
import { idFor } from './invent-text.js'

const FAR = Date.UTC(2099, 0, 1) / 1000
const KMS_MARK = 'eventfuzz-kms:'

/** Members that a name and a type alone would get wrong; they replace what was invented. */
export function specialAnswers(asked: Asked): JsonObject {
  const key = `${asked.service}.${asked.api.name}`
  return Object.hasOwn(SPECIAL, key) ? SPECIAL[key]!(asked) : {}
}

type Special = (asked: Asked) => JsonObject

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** What was encrypted can be decrypted again; anything else decrypts to a word. */
const encrypted = (plaintext: string): string => base64(KMS_MARK + plaintext)
function decrypted({ params }: Asked): JsonObject {
  const text = Buffer.from(textOf(params.CiphertextBlob) ?? '', 'base64').toString('utf8')
  return { Plaintext: text.startsWith(KMS_MARK) ? text.slice(KMS_MARK.length) : base64('example') }
}

const DATA_KEY = Buffer.alloc(32, 0x65).toString('base64')
const dataKey: Special = () => ({ Plaintext: DATA_KEY, CiphertextBlob: encrypted(DATA_KEY) })

const assumed: Special = ({ params, place }) => {
  const role = textOf(params.RoleArn)?.split('/').at(-1) ?? 'role'
  const session = textOf(params.RoleSessionName) ?? 'session'
  const Arn = `arn:${partitionOf(place.region)}:sts::${place.account}:assumed-role/${role}/${session}`
  return { ...temporary(), AssumedRoleUser: { Arn, AssumedRoleId: `AROAEVENTFUZZEXAMPLE:${session}` } }
}
const temporary = (): JsonObject => ({
  Credentials: {
    AccessKeyId: 'ASIAEVENTFUZZEXAMPLE',
    SecretAccessKey: 'not-a-secret',
    SessionToken: 'not-a-token',
    Expiration: FAR,
  },
})

const parameter = (name: Json): JsonObject => ({ Name: name, Type: 'String', Value: 'example', Version: 1, DataType: 'text' })

const TOKEN = `${base64('{"alg":"none"}')}.${base64('{"sub":"example","exp":4070908800}')}.`
const signedIn: Special = () => ({
  AuthenticationResult: { AccessToken: TOKEN, IdToken: TOKEN, RefreshToken: 'example', ExpiresIn: 3600, TokenType: 'Bearer' },
})

const endpointOf =
  (host: string): Special =>
  ({ place }) => ({ Endpoints: [{ Address: `${host}.${place.region}.amazonaws.com`, CachePeriodInMinutes: 1440 }] })

/** One result for each entry of a batch. */
const each = (entries: Json | undefined, result: (entry: JsonObject, i: number) => JsonObject): Json =>
  listOf(entries).map((entry, i) => result(isJsonObject(entry) ? entry : {}, i))

const SPECIAL: Readonly<Record<string, Special>> = {
  'dynamodb.DescribeEndpoints': endpointOf('dynamodb'),
  'timestream.DescribeEndpoints': endpointOf('ingest.timestream'),
  'kms.Encrypt': ({ params }) => ({ CiphertextBlob: encrypted(textOf(params.Plaintext) ?? '') }),
  'kms.Decrypt': decrypted,
  'kms.ReEncrypt': (asked) => ({ CiphertextBlob: encrypted(String(decrypted(asked).Plaintext)) }),
  'kms.GenerateDataKey': dataKey,
  'kms.GenerateDataKeyWithoutPlaintext': () => ({ CiphertextBlob: encrypted(DATA_KEY) }),
  'kms.GenerateRandom': ({ params }) => ({
    Plaintext: Buffer.alloc(Math.min(1024, Number(params.NumberOfBytes) || 32), 0x65).toString('base64'),
  }),
  'sts.AssumeRole': assumed,
  'sts.AssumeRoleWithWebIdentity': assumed,
  'sts.AssumeRoleWithSAML': assumed,
  'sts.GetSessionToken': temporary,
  'sts.GetFederationToken': temporary,
  'secretsmanager.GetSecretValue': ({ params }) => ({
    SecretString: JSON.stringify({ username: 'example', password: INVENTED_SECRET }),
    SecretBinary: null,
    Name: textOf(params.SecretId) ?? 'example',
    VersionStages: ['AWSCURRENT'],
  }),
  'ssm.GetParameter': ({ params }) => ({ Parameter: parameter(params.Name ?? 'example') }),
  'ssm.GetParameters': ({ params }) => ({ Parameters: listOf(params.Names).map(parameter), InvalidParameters: [] }),
  'ssm.GetParametersByPath': () => ({ Parameters: [] }),
  'kinesis.PutRecords': ({ params }) => ({
    FailedRecordCount: 0,
    Records: each(params.Records, (_entry, i) => ({ SequenceNumber: `${49_000_000 + i}`, ShardId: 'shardId-000000000000' })),
  }),
  'firehose.PutRecordBatch': ({ params }) => ({
    FailedPutCount: 0,
    RequestResponses: each(params.Records, (_entry, i) => ({ RecordId: idFor(`record ${i}`) })),
  }),
  'events.PutEvents': ({ params }) => ({
    FailedEntryCount: 0,
    Entries: each(params.Entries, (_entry, i) => ({ EventId: idFor(`event ${i}`) })),
  }),
  'sqs.SendMessageBatch': ({ params }) => ({
    Successful: each(params.Entries, ({ Id }) => ({ Id: Id ?? '', MessageId: idFor(`${Id}`) })),
  }),
  'ses.GetIdentityVerificationAttributes': ({ params }) => ({
    VerificationAttributes: Object.fromEntries(
      listOf(params.Identities).map((name) => [String(name), { VerificationStatus: 'Success' }]),
    ),
  }),
  'states.StartExecution': ({ params, place }) => ({
    executionArn: `${(textOf(params.stateMachineArn) ?? `arn:aws:states:${place.region}:${place.account}:stateMachine:example`).replace(':stateMachine:', ':execution:')}:${textOf(params.name) ?? idFor('execution')}`,
  }),
  'cognito-idp.InitiateAuth': signedIn,
  'cognito-idp.AdminInitiateAuth': signedIn,
  'cognito-idp.RespondToAuthChallenge': signedIn,
  'cognito-idp.AdminRespondToAuthChallenge': signedIn,
  'lambda.Invoke': ({ params }) => ({
    StatusCode: params.InvocationType === 'Event' ? 202 : 200,
    Payload: '{}',
    LogResult: null,
  }),
  'bedrock.Converse': () => ({
    output: { message: { role: 'assistant', content: [{ text: 'example' }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
  }),
}
