import { expect } from 'chai'
import { trustRisks } from '#src/iam/risk/trust.js'
import type { Json } from '#src/model/index.js'

const GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'
const trust = (Principal: Json, Condition?: Json): Json => ({
  ...{ Version: '2012-10-17' },
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition === undefined ? {} : { Condition }) }],
})

// who is trusted, under which condition, a part of what is said
const CASES: readonly (readonly [Json, Json | undefined, string | undefined])[] = [
  ['*', undefined, 'Anybody'],
  [{ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, undefined],
  [{ AWS: '*' }, { StringLike: { 'aws:PrincipalOrgID': '*' } }, 'Anybody'],
  [{ AWS: '444455556666' }, undefined, 'whole account 444455556666'],
  [{ AWS: 'arn:aws:iam::444455556666:root' }, { StringEquals: { 'sts:ExternalId': 'x' } }, undefined],
  [{ AWS: 'arn:aws:iam::111122223333:root' }, undefined, undefined],
  [{ AWS: 'arn:aws:iam::444455556666:role/one' }, undefined, undefined],
  [{ Service: 'lambda.amazonaws.com' }, undefined, undefined],
  [{ Federated: GITHUB }, undefined, 'Every user of'],
  [{ Federated: GITHUB }, { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:a/b:*' } }, undefined],
]

describe('trust policies', () => {
  for (const [who, condition, expected] of CASES) {
    it(`${JSON.stringify(who)} ${JSON.stringify(condition ?? {})}: ${expected ?? 'nothing open'}`, () => {
      const found = trustRisks({ name: 'trust', document: trust(who, condition) }, '111122223333')
      expect(found.map(({ why }) => why).join()).to.include(expected ?? '')
      expect(found).to.have.lengthOf(expected === undefined ? 0 : 1)
    })
  }
})
