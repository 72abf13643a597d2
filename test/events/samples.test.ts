import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { sources } from '#src/events/index.js'
import type { Json, SourceId } from '#src/model/index.js'
import { mutated } from './mutated.js'

/** A directory of events that others published, outside the product: `EVENTFUZZ_SAMPLES=../shared/samples npm test`. */
const DIR = process.env['EVENTFUZZ_SAMPLES']

/** By path, the first that fits: which source a sample is of; null for what is none of ours. */
const KINDS: readonly (readonly [RegExp, SourceId | null])[] = [
  [/connect-outbound|appsync|vpc-lattice|transfer-family|LICENSE|README/, null],
  // S3 Object Lambda.
  [/object-iam-user|object-temp-credentials/, null],
  [/alb\//, 'alb'],
  [/lambda\//, 'function-url'],
  [/authorizer-token/, 'authorizer-token'],
  [/authorizer-request|apigw-websocket\/connectEvent/, 'authorizer-request'],
  [/apigw-rest\//, 'apigw-v1'],
  [/apigw-http\//, 'apigw-v2'],
  [/apigw-websocket\//, 'apigw-websocket'],
  [/eventbridge-object/, 's3-eventbridge'],
  [/s3\/sqs-event|sqs\//, 'sqs'],
  [/s3\/s3-lifecycle|s3\//, 's3'],
  [/sns\//, 'sns'],
  [/firehose/, 'firehose'],
  [/kinesis\//, 'kinesis'],
  [/eventbridge\//, 'eventbridge'],
  [/dynamodb\//, 'dynamodb-stream'],
  [/kafka\//, 'kafka'],
  [/cloudwatch\//, 'cloudwatch-logs'],
  [/ses\//, 'ses'],
  [/cognito\//, 'cognito'],
  [/cloudformation\//, 'cfn-custom-resource'],
]

const ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false })
const checks = new Map<SourceId, ValidateFunction>(sources.map(({ id, schema }) => [id, ajv.compile(schema)]))

if (DIR !== undefined)
  describe('events that others published', () => {
    const files = readdirSync(DIR, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
    const kindOf = (file: string) => KINDS.find(([pattern]) => pattern.test(file))?.[1] ?? null
    const read = (file: string) => JSON.parse(readFileSync(path.join(DIR ?? '', file), 'utf8')) as Json
    const known = files.filter((file) => kindOf(file) !== null)

    it('are there', () => expect(known).to.not.be.empty)
    for (const file of known) {
      const invalid = /invalid/.test(path.basename(file)) && !/firehose/.test(file)
      it(`${file} is ${invalid ? 'refused' : 'accepted'} as ${kindOf(file)}`, () => {
        const check = checks.get(kindOf(file)!)!
        const errors = check(read(file)) ? null : check.errors
        if (invalid) expect(errors).to.not.equal(null)
        else expect(errors).to.equal(null)
      })
    }
    it('are refused with one field of another type, 95 % of them', () => {
      let refused = 0
      const accepted: string[] = []
      for (const file of known.filter((one) => !/invalid/.test(one))) {
        const check = checks.get(kindOf(file)!)!
        const event = read(file)
        if (!check(event)) continue
        for (const [pointer, other] of mutated(event))
          if (check(other)) accepted.push(`${file}: ${pointer}`)
          else refused++
      }
      const share = refused / (refused + accepted.length)
      console.log(`    ${(100 * share).toFixed(2)} % of ${refused + accepted.length} refused`)
      expect(share, `${refused} of ${refused + accepted.length}; accepted: ${accepted.join('\n')}`).to.be.at.least(0.95)
    })
  })
