import { expect } from 'chai'
import fc from 'fast-check'
import { grantsOf } from '#src/iam/grants.js'
import { analysePermissions } from '#src/iam/index.js'
import { parsePolicies } from '#src/iam/policy.js'
import { decide } from '#src/iam/statement.js'
import type { Json, JsonObject } from '#src/model/index.js'
import { question } from './maker.js'

const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/'
const ACTIONS = ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:DeleteTable', 's3:GetObject', 's3:ListAllMyBuckets']
const PATTERNS = [...ACTIONS, 'dynamodb:*', 'dynamodb:*Item', '*', 's3:Get*', 'DYNAMODB:putitem', 'dynamodb:Frob']
const ARNS = [`${TABLE}orders`, `${TABLE}users`, 'arn:aws:s3:::b/k', '*']
const RESOURCES = [...ARNS, `${TABLE}*`, `${TABLE}order?`, 'arn:aws:s3:::b/*', 'arn:aws:s3:::*']

const listOf = (entries: readonly string[]) => fc.uniqueArray(fc.constantFrom(...entries), { minLength: 1, maxLength: 3 })
const statementOf = (effect: 'Allow' | 'Deny'): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      except: fc.record({ action: fc.nat(4), resource: fc.nat(4) }),
      actions: listOf(PATTERNS),
      resources: listOf(RESOURCES),
      condition: fc.nat(4),
    })
    .map(({ except, actions, resources, condition }) => ({
      Effect: effect,
      [except.action === 0 ? 'NotAction' : 'Action']: actions,
      [except.resource === 0 ? 'NotResource' : 'Resource']: resources,
      ...(condition === 0 ? { Condition: { Bool: { 'aws:SecureTransport': 'true' } } } : {}),
    }))
const statements = fc.array(fc.oneof(statementOf('Allow'), statementOf('Allow'), statementOf('Deny')), {
  minLength: 1,
  maxLength: 4,
})

const parse = (list: readonly Json[]) =>
  parsePolicies([{ name: 'p.json', document: { Version: '2012-10-17', Statement: list } }]).statements

/** Which of the requests the policy allows, asked of `decide`. */
function allowed(list: readonly Json[]): ReadonlySet<string> {
  const parsed = parse(list)
  const requests = ACTIONS.flatMap((action) => ARNS.map((arn) => ({ action, arn })))
  return new Set(
    requests
      .filter(({ action, arn }) => decide(parsed, action, arn).kind === 'Allowed')
      .map(({ action, arn }) => `${action} ${arn}`),
  )
}

/** The same, asked of the grants. */
function granted(list: readonly Json[]): ReadonlySet<string> {
  return new Set(
    grantsOf(parse(list)).flatMap((grant) => {
      const [names, arns] = [new Set(grant.actions.map(({ name }) => name)), ARNS.filter((arn) => grant.covers(arn))]
      return ACTIONS.filter((action) => names.has(action)).flatMap((action) => arns.map((arn) => `${action} ${arn}`))
    }),
  )
}

function expectWithin(inner: ReadonlySet<string>, outer: ReadonlySet<string>): void {
  expect([...inner].filter((entry) => !outer.has(entry))).to.deep.equal([])
}

describe('iam properties', () => {
  it('adding a Deny never adds a grant', () => {
    fc.assert(
      fc.property(statements, statementOf('Deny'), (list, deny) => {
        expectWithin(allowed([...list, deny]), allowed(list))
        expectWithin(granted([...list, deny]), granted(list))
      }),
    )
  })

  it('widening a wildcard never removes one', () => {
    fc.assert(
      fc.property(statements, statementOf('Allow'), fc.boolean(), (list, allow, action) => {
        fc.pre(Object.hasOwn(allow, action ? 'Action' : 'Resource'))
        const wide = { ...allow, ...(action ? { Action: '*' } : { Resource: '*' }) }
        expectWithin(allowed([...list, allow]), allowed([...list, wide]))
        expectWithin(granted([...list, allow]), granted([...list, wide]))
      }),
    )
  })

  it('the order of statements does not matter', () => {
    const calls = ACTIONS.slice(0, 2).map((call) => ({ call, on: [`${TABLE}orders`] }))
    const rows = (list: readonly Json[]) =>
      analysePermissions(question(list, calls), new Set())
        .map(({ action, resource, class: kind, why }) => [action, resource, kind, why.replace(/#\d/g, '')].join('|'))
        .sort()
    fc.assert(
      fc.property(statements, (list) => {
        expect(allowed([...list].reverse())).to.deep.equal(allowed(list))
        expect(rows([...list].reverse())).to.deep.equal(rows(list))
      }),
      { numRuns: 50 },
    )
  })

  it('whatever is allowed is granted somewhere', () => {
    fc.assert(fc.property(statements, (list) => expectWithin(allowed(list), granted(list))))
  })

  it('any JSON is refused in one line or analysed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const document = value as Json
        for (const given of [
          document,
          { Version: '2012-10-17', Statement: document },
          { Statement: [{ Effect: 'Allow', Action: document, Resource: document }] },
        ]) {
          try {
            analysePermissions({ ...question([]), policies: [{ name: 'p.json', document: given }] })
          } catch (error) {
            expect((error as Error).name).to.equal('ConfigError')
            expect((error as Error).message).to.match(/^p\.json is no policy: [^\n]*$/)
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})
