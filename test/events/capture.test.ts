import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { expect } from 'chai'
import { scrub } from '#src/events/capture/scrub.js'
import { sources } from '#src/events/index.js'
import { caseMaker } from '#src/generate/index.js'
import { isJsonObject, type Json, type JsonObject } from '#src/model/index.js'

/** What the gateway and the clock fill in is not captured. */
const DERIVED =
  /requestId|accountId|apiId|domain|time|Time|eventTime|sequence|Sequence|messageId|MessageId|receiptHandle|SentTimestamp|FirstReceive|eventID|e[Tt]ag|principalId|request-id|requester|source-ip|id-2|md5|SizeBytes|CreationDate|x-forwarded|X-Forwarded|host|Host|SenderId|[Ss]ignature|authorizationToken|methodArn|identity|DeadLetter|AWSTraceHeader|ReceiveCount|configurationId|size|Arn$|extendedRequestId|connectedAt|connectionId|[Aa]uthorization$|userPoolId|clientId|^sub$|ResponseURL|StackId|RequestId|invocationId|recordId|logStream|^owner$|^date$|MessageGroupId|MessageDeduplicationId|sourceIP/
/** Of an event's own envelope only: a sender may have fields of such names. */
const OF_ENVELOPE = /(?:^|#json)\/(?:id|account)$|\/logEvents\/\*\/id$/

/** What is left of an event, and of events inside its texts, without what the service fills in. */
function essence(value: Json, pointer = ''): Json {
  if (typeof value === 'string' && value.startsWith('H4sI'))
    return inner(gunzipSync(Buffer.from(value, 'base64')).toString('utf8'), `${pointer}#base64#gzip#json`)
  if (typeof value === 'string') return /^\{.*\}$/s.test(value) ? inner(value, `${pointer}#json`) : value
  if (Array.isArray(value)) return value.filter((item) => !isStamp(item)).map((item) => essence(item, `${pointer}/*`))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !DERIVED.test(key) && !OF_ENVELOPE.test(`${pointer}/${key}`))
      .map(([key, child]) => [key, essence(child, `${pointer}/${key}`)]),
  )
}

/** A header that a mail server writes. */
const isStamp = (item: Json): boolean => isJsonObject(item) && /^(?:Date|Message-ID)$/.test(String(item['name']))

function inner(text: string, pointer: string): Json {
  try {
    return essence(JSON.parse(text) as Json, pointer)
  } catch {
    return text
  }
}

/** Anything can be sent directly: what looks like an event of a service is taken for that. */
const captured = sources.filter(({ id }) => id !== 'direct')

describe('a captured event', () => {
  for (const source of captured) {
    it(`of ${source.id} goes back to its wire input, and comes out the same`, () => {
      const maker = caseMaker(source, {}, 1)
      const made = [...maker.templates(['id', 'name']), ...maker.samples(3, 60)].flatMap(
        (draft, i) => maker.render(draft, i) ?? [],
      )
      let same = 0
      for (const { steps } of made) {
        const event = JSON.parse(steps[0]!.text) as Json
        const wire = source.fromEvent(event)
        expect(wire, steps[0]!.text).to.not.equal(undefined)
        if (isDeepStrictEqual(essence(source.toEvent(wire!, {})), essence(event))) same++
      }
      // Text that is JSON by chance, or a path that the gateway normalised, may come back as the like of it.
      expect(same / made.length, `${same} of ${made.length}`).to.be.greaterThan(0.9)
    })

    it(`of ${source.id} is told from all others`, () => {
      for (const other of captured.filter(({ id }) => id !== source.id)) {
        const maker = caseMaker(other, {}, 1)
        const event = JSON.parse(maker.render(maker.templates([])[0]!, 1)!.steps[0]!.text) as Json
        expect(source.fromEvent(event), other.id).to.equal(undefined)
      }
    })
  }

  it('loses what identifies people or opens doors, and keeps its shape', () => {
    const jwt = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"sub":"alice"}').toString('base64url')}.c2lnbmF0dXJl`
    const wire: JsonObject = {
      headers: { Authorization: [`Bearer ${jwt}`], 'X-Api-Key': ['k-1234'], 'X-Plain': ['yes'] },
      cookies: { sid: 'abcdef' },
      body: {
        kind: 'json',
        value: {
          email: 'alice@example.com',
          note: `call 203.0.113.9 with AKIAABCDEFGHIJKLMNOP`,
          password: 'hunter2',
          card: '4242 4242 4242 4242',
          amount: 3,
        },
      },
      arn: 'arn:aws:sns:eu-west-1:123456789012:topic',
    }
    const text = JSON.stringify(scrub(wire))
    for (const secret of [
      jwt,
      'k-1234',
      'abcdef',
      'alice',
      '203.0.113.9',
      'AKIAABCDEFGHIJKLMNOP',
      'hunter2',
      '4242 4242',
      '123456789012',
    ])
      expect(text, secret).to.not.include(secret)
    expect(scrub(wire)).to.deep.include({ arn: 'arn:aws:sns:eu-west-1:000000000000:topic' })
    expect(scrub(wire)).to.have.nested.property('headers.Authorization[0]', 'Bearer {{canary}}')
    expect(scrub(wire)).to.have.nested.property('headers.X-Plain[0]', 'yes')
    expect(scrub(wire)).to.have.nested.property('body.value.amount', 3)
  })

  it('is scrubbed in linear time', () => {
    const long = `${'a'.repeat(200_000)}@${'b.'.repeat(100_000)}`
    expect(scrub({ text: long, more: '-----BEGIN '.repeat(20_000), ids: '1234 '.repeat(50_000) })).to.have.property('text')
  }).timeout(5_000)
})
