import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { ActionSet } from '#src/iam/action-set.js'
import { analysePermissions } from '#src/iam/index.js'
import { escalations } from '#src/iam/risk/escalation.js'
import { findAction } from '#src/iam/snapshot.js'
import type { Json } from '#src/model/index.js'
import { type Call, question } from './maker.js'

const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders'
const put: Call = { call: 'dynamodb:PutItem', on: [TABLE], params: { TableName: 'orders' } }
const allow = (Action: Json, Resource: Json = '*'): Json => ({ Effect: 'Allow', Action, Resource })
const rows = (statements: readonly Json[], calls: readonly Call[] = []) =>
  analysePermissions(question(statements, calls), new Set())
const risksOf = (action: Json, resource: Json = '*') => rows([allow(action, resource)])[0]?.risks

describe('risks of unused permissions', () => {
  // what is granted and never used, on what, its risks
  const CASES: readonly (readonly [Json, string, readonly string[] | undefined])[] = [
    ['iam:CreatePolicyVersion', '*', ['escalation', 'infrastructure-change']],
    ['iam:AttachRolePolicy', 'arn:aws:iam::111122223333:role/one', ['escalation']],
    ['lambda:UpdateFunctionCode', 'arn:aws:lambda:us-east-1:111122223333:function:f', ['escalation-with-target']],
    ['iam:PassRole', 'arn:aws:iam::111122223333:role/one', undefined],
    ['ssm:GetParameter', 'arn:aws:ssm:us-east-1:111122223333:parameter/p', ['credentials-exposure']],
    ['lambda:AddPermission', 'arn:aws:lambda:us-east-1:111122223333:function:f', ['public-resource']],
    ['s3:GetObject', '*', ['data-exposure']],
    ['s3:GetObject', 'arn:aws:s3:::b/*', undefined],
    ['dynamodb:DeleteTable', '*', ['infrastructure-change']],
    ['dynamodb:DeleteTable', TABLE, undefined],
    ['dynamodb:UpdateItem', '*', undefined],
    ['s3:ListAllMyBuckets', '*', undefined],
  ]
  for (const [action, resource, expected] of CASES) {
    it(`${action} on ${resource}: ${expected ?? 'none'}`, () => expect(risksOf(action, resource)).to.deep.equal(expected))
  }

  it('join what several statements grant', () => {
    const found = rows([allow('iam:PassRole'), allow('lambda:CreateFunction'), allow('lambda:InvokeFunction')])
    expect(found.every(({ risks }) => risks?.[0] === 'escalation')).to.equal(true)
    expect(found[0]!.why).to.include('iam:PassRole with lambda:CreateFunction with lambda:InvokeFunction')
  })

  it('are none of what a Deny takes away', () => {
    const found = rows([allow('iam:*'), { Effect: 'Deny', Action: 'iam:*', Resource: '*' }])
    expect(found.flatMap(({ risks = [] }) => risks)).to.deep.equal([])
  })

  it('are none of what is used', () => {
    const secret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf'
    expect(
      rows([allow('secretsmanager:GetSecretValue', secret)], [{ call: 'secretsmanager:GetSecretValue', on: [secret] }]),
    ).to.deep.equal([])
  })

  it('stand first', () => {
    const found = rows([allow('sqs:SendMessage'), allow('dynamodb:GetItem', TABLE), allow('iam:PutRolePolicy')], [])
    expect(found[0]).to.include({ action: 'iam:PutRolePolicy', class: 'REMOVABLE' })
    expect(rows([allow('iam:PutRolePolicy')], [put]).map(({ class: kind }) => kind)).to.deep.equal(['REMOVABLE', 'MISSING'])
  })
})

describe('ways to more rights', () => {
  const known = JSON.parse(readFileSync(new URL('../../data/escalation-paths.json', import.meta.url), 'utf8')) as Record<
    string,
    string[][]
  >

  it('are made of actions that exist, each once', () => {
    const all = Object.values(known).flat()
    expect(all.flat().filter((action) => findAction(action)?.name !== action)).to.deep.equal([])
    expect(new Set(all.map((actions) => actions.join())).size).to.be.at.least(100)
    expect(known['selfContained']!.length).to.be.at.least(60)
  })

  it('are told apart: by itself, or where something with more rights exists', () => {
    const setOfNames = (names: readonly string[]) => new ActionSet(names.map((name) => findAction(name)!))
    const kinds = (...names: string[]) => escalations(setOfNames(names)).map(({ kind }) => kind)
    expect(kinds('iam:PassRole', 'ec2:RunInstances')).to.deep.equal(['selfContained'])
    expect(kinds('ec2:RunInstances')).to.deep.equal([])
    expect(kinds('ssm:SendCommand')).to.deep.equal(['targetDependent'])
  })
})
