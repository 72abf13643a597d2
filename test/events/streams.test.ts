import { gunzipSync } from 'node:zlib'
import { expect } from 'chai'
import { cfnCustomResource } from '#src/events/cfn-custom-resource.js'
import { cloudwatchLogs } from '#src/events/cloudwatch-logs.js'
import { cognito } from '#src/events/cognito.js'
import { firehose } from '#src/events/firehose.js'
import { kafka } from '#src/events/kafka.js'
import { ses } from '#src/events/ses.js'
import { caseMaker } from '#src/generate/index.js'
import type { EventSource, Json, JsonObject, Trigger } from '#src/model/index.js'
import { inferPoolTriggers } from '#src/project/infer-sources.js'
import { readPointer } from './read-pointer.js'

const eventsOf = (source: EventSource, trigger: Trigger): JsonObject[] => {
  const maker = caseMaker(source, trigger, 1)
  return [...maker.templates([]), ...maker.samples(3, 40)].flatMap((draft, i) => {
    const made = maker.render(draft, i)
    return made === undefined ? [] : [JSON.parse(made.steps[0]!.text) as JsonObject]
  })
}

describe('kafka', () => {
  const place = { offset: 7, timestamp: 5, timestampType: 'CREATE_TIME' }
  const wire = (selfManaged: boolean): Json => ({
    selfManaged,
    topic: 't',
    partition: 2,
    records: [
      { key: 'k', value: { kind: 'json', value: { a: 1 } }, headers: [{ name: 'h', value: 'é' }], ...place },
      { value: { kind: 'none' }, headers: [], ...place },
    ],
  })
  it('lists records by topic and partition, keys and values in base64', () => {
    const event = kafka.toEvent(wire(false), {})
    expect(readPointer(event, '/records/t-2/0/value#base64#json/a')).to.equal(1)
    expect(readPointer(event, '/records/t-2/0/key')).to.equal('aw==')
    expect(readPointer(event, '/records/t-2/1/offset')).to.equal(8)
  })
  it('has null where a record has no key or no value', () => {
    expect(readPointer(kafka.toEvent(wire(false), {}), '/records/t-2/1')).to.include({ key: null, value: null })
  })
  it('has the bytes of headers signed', () => {
    expect(readPointer(kafka.toEvent(wire(false), {}), '/records/t-2/0/headers/0/h')).to.deep.equal([-61, -87])
  })
  it('has an ARN for a cluster of Amazon MSK only', () => {
    expect(kafka.toEvent(wire(false), {}))
      .to.include.keys('eventSourceArn')
      .and.to.include({ eventSource: 'aws:kafka' })
    expect(kafka.toEvent(wire(true), {})).to.not.have.property('eventSourceArn')
  })
  it('passes filters on its values', () => {
    const made = eventsOf(kafka, { filters: [{ value: { kind: ['a'] } }] })
    expect(made.length).to.be.greaterThan(35)
    for (const event of made)
      for (const list of Object.values(event['records'] as Record<string, readonly { value: string }[]>))
        for (const { value } of list) expect(JSON.parse(Buffer.from(value, 'base64').toString('utf8'))).to.include({ kind: 'a' })
  })
})

describe('firehose', () => {
  const record = { content: { kind: 'text', text: 'x' }, partitionKey: 'p', sequence: '495', time: 5 }
  it('numbers its records, and says of the stream behind it only where there is one', () => {
    const wire = (fromKinesis: boolean): Json => ({ stream: 's', fromKinesis, invocationId: 'i', records: [record, record] })
    expect(readPointer(firehose.toEvent(wire(true), {}), '/records/1/kinesisRecordMetadata')).to.include({
      partitionKey: 'p',
      sequenceNumber: '496',
    })
    expect(readPointer(firehose.toEvent(wire(true), {}), '/records/1/recordId')).to.equal('496000000')
    expect(firehose.toEvent(wire(false), {})).to.not.have.property('sourceKinesisStreamArn')
    expect(readPointer(firehose.toEvent(wire(false), {}), '/records/0')).to.not.have.property('kinesisRecordMetadata')
  })
})

describe('cloudwatch-logs', () => {
  it('packs its lines, the same way every time', () => {
    const [wire] = cloudwatchLogs.templates({ resource: '/aws/lambda/x' }, [])
    const { awslogs } = cloudwatchLogs.toEvent(wire!, {}) as { awslogs: { data: string } }
    const logs = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString('utf8')) as JsonObject
    expect(logs).to.include({ messageType: 'DATA_MESSAGE', logGroup: '/aws/lambda/x' })
    expect(readPointer(logs, '/logEvents/0/message')).to.equal('{}')
    expect(cloudwatchLogs.toEvent(wire!, {})).to.deep.equal({ awslogs })
  })
})

describe('ses', () => {
  it('shows a subject in the headers and in the common headers, without blanks around it', () => {
    const [wire] = ses.templates({}, [])
    const event = ses.toEvent({ ...(wire as JsonObject), subject: ' hi ', cc: ['a@example.net'] }, {})
    expect(readPointer(event, '/Records/0/ses/mail/commonHeaders')).to.deep.include({ subject: 'hi', cc: ['a@example.net'] })
    expect(readPointer(event, '/Records/0/ses/mail/headers')).to.deep.include({ name: 'Subject', value: 'hi' })
  })
})

describe('cfn-custom-resource', () => {
  const sent = (requestType: string) =>
    cfnCustomResource.toEvent(
      { ...(cfnCustomResource.templates({}, [])[0] as JsonObject), requestType, properties: { A: 1, B: [true] } },
      {},
    )
  it('has numbers and booleans as text', () => {
    expect(readPointer(sent('Create'), '/ResourceProperties')).to.deep.include({ A: '1', B: ['true'] })
  })
  it('has a physical id once there is one, and old properties for an update', () => {
    expect(sent('Create')).to.not.have.any.keys('PhysicalResourceId', 'OldResourceProperties')
    expect(sent('Update')).to.include.keys('PhysicalResourceId', 'OldResourceProperties')
    expect(sent('Delete')).to.include.keys('PhysicalResourceId').and.to.not.have.property('OldResourceProperties')
  })
})

describe('cognito', () => {
  const only = (...cognitoTriggers: string[]) =>
    new Set(eventsOf(cognito, { cognitoTriggers }).map((event) => event['triggerSource']))
  it('makes events of the pool’s own triggers only', () => {
    expect([...only('PreSignUp')]).to.have.members([
      'PreSignUp_SignUp',
      'PreSignUp_AdminCreateUser',
      'PreSignUp_ExternalProvider',
    ])
    expect([...only('DefineAuthChallenge')]).to.deep.equal(['DefineAuthChallenge_Authentication'])
  })
  it('has for each trigger the fields that Cognito sends with it', () => {
    const [event] = eventsOf(cognito, { cognitoTriggers: ['VerifyAuthChallengeResponse'] })
    expect(event!['request']).to.have.all.keys('userAttributes', 'privateChallengeParameters', 'challengeAnswer')
    expect(event!['response']).to.deep.equal({ answerCorrect: null })
  })
  it('leaves alone what the trigger does not show', () => {
    const maker = caseMaker(cognito, { cognitoTriggers: ['PostConfirmation'] }, 1)
    const points = maker.points(maker.templates([])[0]!).map(({ wire }) => wire)
    expect(points).to.include('/attributes/email').and.to.not.include('/password').and.to.not.include('/answer')
  })
  for (const [code, triggers] of [
    ['event.response.autoConfirmUser = true', ['PreSignUp']],
    ['event.response.claimsOverrideDetails = {}', ['TokenGeneration']],
    [
      `switch (event.triggerSource) { case 'PreSignUp_SignUp': case 'PostConfirmation_ConfirmSignUp': }`,
      ['PreSignUp', 'PostConfirmation'],
    ],
    ['event.request.userAttributes.email', ['PreSignUp', 'PostConfirmation', 'PreAuthentication', 'PostAuthentication']],
  ] as const) {
    it(`takes ${code} for ${triggers.join(', ')}`, () => expect(inferPoolTriggers(code)).to.deep.equal(triggers))
  }
})
