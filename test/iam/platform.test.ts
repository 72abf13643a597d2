import { expect } from 'chai'
import { analysePermissions, suggestPolicies } from '#src/iam/index.js'
import type { Json, PermissionQuestion } from '#src/model/index.js'
import { question } from './maker.js'

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:dead'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1'
const allow = (Action: Json, Resource: Json): Json => ({ Effect: 'Allow', Action, Resource })
const asked = (statements: readonly Json[], more: Partial<PermissionQuestion> = {}): PermissionQuestion => ({
  ...question(statements),
  ...more,
})
const rows = (one: PermissionQuestion) => analysePermissions(one, new Set()).map(({ class: kind, action }) => `${kind} ${action}`)

describe('what Lambda itself does with the role', () => {
  it('sends what failed to the dead-letter queue, and to no other', () => {
    const other = QUEUE.replace('dead', 'other')
    const statements = [allow('sqs:SendMessage', QUEUE), allow('sqs:SendMessage', other)]
    expect(rows(asked(statements, { destinations: [QUEUE] }))).to.deep.equal(['REMOVABLE sqs:SendMessage'])
    expect(rows(asked(statements.slice(0, 1)))).to.deep.equal(['REMOVABLE sqs:SendMessage'])
  })

  it('keeps that in a suggestion', () => {
    const [one] = suggestPolicies(asked([allow('sqs:*', QUEUE)], { destinations: [QUEUE] }), new Set())
    expect(one?.document).to.deep.include({ Statement: [allow('sqs:SendMessage', QUEUE)] })
  })

  it('takes a name that is no ARN for none', () => {
    expect(rows(asked([allow('sqs:SendMessage', QUEUE)], { destinations: ['dead'] }))).to.deep.equal([
      'REMOVABLE sqs:SendMessage',
    ])
  })

  it('may decrypt the environment, where there is one', () => {
    expect(rows(asked([allow('kms:Decrypt', KEY)], { environment: true }))).to.deep.equal(['MAY-NEED kms:Decrypt'])
    expect(rows(asked([allow('kms:Decrypt', KEY)], { environment: false }))).to.deep.equal(['REMOVABLE kms:Decrypt'])
  })

  it('polls what triggers the function', () => {
    const cluster = 'arn:aws:kafka:us-east-1:111122223333:cluster/c/1'
    const statements = [allow(['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'], cluster)]
    expect(rows(asked(statements, { sources: ['kafka'] }))).to.deep.equal([])
    expect(rows(asked(statements, { sources: ['sqs'] }))).to.have.lengthOf(2)
  })
})
