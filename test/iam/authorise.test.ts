import { expect } from 'chai'
import { enforcedRoles } from '#src/commands/enforced-roles.js'
import { authoriser } from '#src/iam/authorise.js'
import { ConfigError, type Json, type Role } from '#src/model/index.js'
import { target } from '../invokers/target-maker.js'

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders'
const policy = (...Statement: Json[]) => ({ name: 'p', document: { Version: '2012-10-17', Statement } })
const allow = (Action: Json, Resource: Json = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more })
const deny = (Action: Json, Resource: Json = '*', more: object = {}) => ({ Effect: 'Deny', Action, Resource, ...more })
const condition = { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }
const there = (region: string, name = 'orders') => `arn:aws:dynamodb:${region}:111122223333:table/${name}`

// what, statements, action, resource, what becomes of it
const CASES: readonly (readonly [string, readonly Json[], string, string, 'allowed' | 'denied' | 'explicit'])[] = [
  ['an Allow', [allow('dynamodb:PutItem', TABLE)], 'dynamodb:PutItem', TABLE, 'allowed'],
  ['no Allow of the action', [allow('dynamodb:GetItem', TABLE)], 'dynamodb:PutItem', TABLE, 'denied'],
  ['no statement', [], 'dynamodb:PutItem', TABLE, 'denied'],
  ['a Deny before an Allow', [allow('*'), deny('dynamodb:PutItem')], 'dynamodb:PutItem', TABLE, 'explicit'],
  ['a Deny of something else', [allow('*'), deny('dynamodb:GetItem')], 'dynamodb:PutItem', TABLE, 'allowed'],
  ['wildcards, in any case', [allow('DynamoDB:put*', `${TABLE.slice(0, -3)}*`)], 'dynamodb:PutItem', TABLE, 'allowed'],
  ['another resource', [allow('dynamodb:PutItem', there('us-east-1', 'other'))], 'dynamodb:PutItem', TABLE, 'denied'],
  ['another region and account', [allow('dynamodb:PutItem', there('eu-west-1'))], 'dynamodb:PutItem', TABLE, 'allowed'],
  ['a Deny for another region', [allow('*'), deny('*', there('eu-west-1'))], 'dynamodb:PutItem', TABLE, 'explicit'],
  ['an Allow with a condition', [allow('dynamodb:PutItem', TABLE, condition)], 'dynamodb:PutItem', TABLE, 'allowed'],
  ['a Deny with a condition', [allow('*'), deny('*', '*', condition)], 'dynamodb:PutItem', TABLE, 'allowed'],
  ['a NotAction', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], 'dynamodb:PutItem', TABLE, 'allowed'],
  [
    'what NotAction leaves out',
    [{ Effect: 'Allow', NotAction: 'dynamodb:*', Resource: '*' }],
    'dynamodb:PutItem',
    TABLE,
    'denied',
  ],
  [
    'a NotResource',
    [allow('*'), { Effect: 'Deny', Action: '*', NotResource: there('eu-west-1') }],
    'dynamodb:PutItem',
    TABLE,
    'allowed',
  ],
  ['an action that needs no permission', [], 'sts:GetCallerIdentity', '*', 'allowed'],
  ['an action that IAM does not know', [], 'dynamodb:Frobnicate', TABLE, 'allowed'],
  ['a service that IAM does not know', [], 'nothing:Frobnicate', '*', 'allowed'],
  ['a resource that was not named', [allow('dynamodb:PutItem', TABLE)], 'dynamodb:PutItem', '*', 'allowed'],
  ['a resource that was not named, no Allow', [allow('dynamodb:GetItem', TABLE)], 'dynamodb:PutItem', '*', 'denied'],
  ['an action on no resource', [allow('s3:ListAllMyBuckets', 'arn:aws:s3:::b')], 's3:ListAllMyBuckets', '*', 'denied'],
  [
    'an alias of a key',
    [allow('kms:Decrypt', 'arn:aws:kms:us-east-1:111122223333:key/1')],
    'kms:Decrypt',
    'arn:aws:kms:us-east-1:000000000000:alias/k',
    'allowed',
  ],
  ['a bucket for its objects', [allow('s3:GetObject', 'arn:aws:s3:::b')], 's3:GetObject', 'arn:aws:s3:::b/k', 'denied'],
]

describe('the authoriser', () => {
  for (const [what, statements, action, resource, expected] of CASES) {
    it(`${what}: ${expected}`, () => {
      const refusal = authoriser([policy(...statements)])({ action, resource, certainty: 'observed' })
      expect(refusal).to.deep.equal(expected === 'allowed' ? undefined : { action, resource, explicit: expected === 'explicit' })
    })
  }
})

describe('roles that are enforced', () => {
  const enforced = (...roles: (Role | null)[]) => {
    const warnings: string[] = []
    const targets = roles.map((role, i) => target({ id: `f${i}`, role }))
    const roleOf = enforcedRoles(targets, (text) => warnings.push(text))
    return { warnings, roles: targets.map((one) => roleOf(one)) }
  }
  const known: Role = { name: 'r', policies: [policy(allow('dynamodb:GetItem'))] }

  it('are those whose policies are known', () => {
    const { warnings, roles } = enforced(known)
    expect(warnings).to.deep.equal([])
    expect(roles[0]?.name).to.equal('r')
    expect(roles[0]?.module).to.match(/^file:.*\/iam\/authorise\.js$/)
  })

  it('hold what the well-known policies of AWS allow', () => {
    const managed = ['arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole']
    const judge = authoriser(enforced({ ...known, policies: [], managed }).roles[0]!.policies)
    const may = (action: string) => judge({ action, resource: '*', certainty: 'observed' }) === undefined
    expect(['sqs:DeleteMessage', 'logs:PutLogEvents', 'sqs:SendMessage'].map(may)).to.deep.equal([true, true, false])
  })

  // role, part of the warning
  const LEFT: readonly (readonly [string, Role | null, string])[] = [
    ['no role', null, 'no role is known for f1'],
    [
      'an attached policy without a text',
      { ...known, managed: ['arn:aws:iam::1:policy/own'] },
      'the text of arn:aws:iam::1:policy/own',
    ],
    [
      'a part that cannot be read',
      { ...known, policies: [policy({ Effect: 'allow' })] },
      'cannot be read in full (Statement[0].Effect',
    ],
    ['no policy at all', { name: 'r', policies: [] }, 'no policy of r is in the project'],
  ]
  for (const [what, role, warning] of LEFT) {
    it(`are not: ${what}`, () => {
      const { warnings, roles } = enforced(known, role)
      expect(roles.map((one) => one !== undefined)).to.deep.equal([true, false])
      expect(warnings).to.have.lengthOf(1)
      expect(warnings[0]).to.include(warning)
    })
  }

  it('must be at least one', () => {
    expect(() => enforced(null, null)).to.throw(ConfigError, '--enforce-policy needs a role: ')
  })
})
