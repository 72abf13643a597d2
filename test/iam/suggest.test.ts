import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { type Proof, prove, suggestPolicies } from '#src/iam/index.js'
import { isJsonObject, type Json } from '#src/model/index.js'
import { type Call, question } from './maker.js'

interface Case {
  readonly name: string
  readonly granted: readonly Json[]
  readonly exercised: readonly Call[]
  /** Words of the function's own code; left out: nobody looked. */
  readonly names?: readonly string[]
}

interface Suggested extends Case {
  /** Statements; null: the policy goes. */
  readonly suggested: readonly Json[] | null
  readonly generalised: Json
}

const read = (file: string): Json =>
  JSON.parse(readFileSync(new URL(`../../test/iam/suggestions/${file}`, import.meta.url), 'utf8')) as Json
const suggest = ({ granted, exercised, names }: Case) =>
  suggestPolicies(question(granted, exercised), names === undefined ? undefined : new Set(names))

describe('suggested policies', () => {
  for (const c of read('suggestions.json') as unknown as Suggested[]) {
    it(c.name, () => {
      const [one, ...others] = suggest(c)
      expect(others).to.deep.equal([])
      const { document } = one!
      expect(isJsonObject(document) ? document.Statement : document).to.deep.equal(c.suggested)
      expect(one!.generalised).to.deep.equal(c.generalised)
      expect(one!.proof).to.deep.include({ holds: true, failures: [] })
    })
  }

  for (const c of read('none.json') as unknown as Case[]) {
    it(`are none for ${c.name}`, () => expect(suggest(c)).to.deep.equal([]))
  }
})

describe('the proof of a suggested policy', () => {
  const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/'
  const policy = (...Statement: Json[]) => [{ name: 'p', document: { Version: '2012-10-17', Statement } }]
  const allow = (Action: Json, Resource: Json = '*', more: object = {}) =>
    ({ Effect: 'Allow', Action, Resource, ...more }) as Json
  const deny: Json = { Effect: 'Deny', Action: 'dynamodb:*', Resource: `${TABLE}x` }
  const condition = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }
  const proof = (before: Json[], after: Json[]): Proof =>
    prove(policy(...before), policy(...after), [], new Set(['logs:PutLogEvents']))
  const variable = 'arn:aws:s3:::b/${aws:username}/*'.toString()

  // what was done, before, after, a part of why it fails
  const BROADER: readonly (readonly [string, Json[], Json[], string])[] = [
    ['another action', [allow('dynamodb:GetItem')], [allow('dynamodb:PutItem')], 'no statement allowed'],
    ['a wider action', [allow('dynamodb:Get*')], [allow('dynamodb:*')], 'no statement allowed'],
    ['a wider resource', [allow('dynamodb:*', `${TABLE}a`)], [allow('dynamodb:*', `${TABLE}*`)], 'no statement allowed'],
    [
      'two Allows merged',
      [allow('s3:*', 'arn:aws:s3:::a'), allow('s3:GetObject', 'arn:aws:s3:::b')],
      [allow('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::b'])],
      'no statement allowed',
    ],
    ['a condition dropped', [allow('s3:*', '*', condition)], [allow('s3:*')], 'no statement allowed'],
    ['a variable opened', [allow('s3:GetObject', variable)], [allow('s3:GetObject', 'arn:aws:s3:::b/*')], 'no statement allowed'],
    [
      'a variable guessed',
      [allow('s3:GetObject', variable)],
      [allow('s3:GetObject', 'arn:aws:s3:::b/alice/*')],
      'no statement allowed',
    ],
    [
      'a variable put where a star was inside one part',
      [allow('s3:GetObject', 'arn:aws:s3:::b/x*')],
      [allow('s3:GetObject', variable)],
      'no statement allowed',
    ],
    [
      'an exception entered',
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      [allow('iam:PassRole')],
      'no statement allowed',
    ],
    ['a Deny lost', [allow('s3:*'), deny], [allow('s3:*')], 'a Deny is lost'],
    ['what the platform needs lost', [allow(['logs:*'])], [], 'logs:PutLogEvents on * would no longer be allowed'],
    ['a part that nobody can read', [allow('s3:*')], [allow('s3:*'), { Effect: 'Alow' }], 'cannot be read'],
  ]
  for (const [what, before, after, why] of BROADER) {
    it(`fails for ${what}`, () => {
      const { holds, failures } = proof(before, after)
      expect(holds).to.equal(false)
      expect(failures.join('\n')).to.include(why)
    })
  }

  // what was done, before, after
  const NARROWER: readonly (readonly [string, Json[], Json[]])[] = [
    ['the same', [allow('s3:*', '*', condition), deny], [allow('s3:*', '*', condition), deny]],
    ['a narrower action in another case', [allow('S3:Get*')], [allow('s3:GetObject')]],
    ['a narrower resource', [allow('s3:*', 'arn:aws:s3:::b*')], [allow('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])]],
    [
      'one Allow taken apart',
      [allow(['s3:Get*', 'sqs:*'])],
      [allow('s3:GetObject', 'arn:aws:s3:::b/*'), allow('sqs:SendMessage')],
    ],
    [
      'an exception spelt out',
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      [allow(['s3:GetObject', 'logs:PutLogEvents'])],
    ],
    ['an Allow less', [allow('s3:*'), allow('sqs:*')], [allow('s3:*')]],
  ]
  for (const [what, before, after] of NARROWER) {
    it(`holds for ${what}`, () => expect(proof(before, after)).to.deep.include({ holds: true, failures: [] }))
  }
})
