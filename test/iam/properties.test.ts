import { expect } from 'chai'
import fc from 'fast-check'
import { setOf } from '#src/iam/action-set.js'
import { grantsOf } from '#src/iam/grants.js'
import { analysePermissions, evaluateAccess } from '#src/iam/index.js'
import { parsePolicies } from '#src/iam/policy.js'
import { findAction } from '#src/iam/snapshot.js'
import { decide } from '#src/iam/statement.js'
import type { Json, JsonObject } from '#src/model/index.js'
import { question } from './maker.js'

// 10,000 in `npm run verify`.
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100)
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
      const [set, arns] = [setOf(grant.actions), ARNS.filter((arn) => grant.covers(arn))]
      return ACTIONS.filter((action) => set.has(findAction(action)!)).flatMap((action) => arns.map((arn) => `${action} ${arn}`))
    }),
  )
}

const RESOURCE_LAYERS: readonly string[] = ['endpoint', 'rcps']
const layer = fc.constantFrom('boundary', 'session', 'scps', 'endpoint', 'rcps')
const withPrincipal = (statement: JsonObject, name: string): JsonObject =>
  RESOURCE_LAYERS.includes(name) ? { ...statement, Principal: '*' } : statement
const allowAll = (name: string): JsonObject => withPrincipal({ Effect: 'Allow', Action: '*', Resource: '*' }, name)

/** What becomes of each request of a role's session; without transport security known, conditions do not hold. */
function decisions(layers: Readonly<Record<string, readonly Json[]>>): ReadonlyMap<string, string> {
  const policies = Object.fromEntries(
    Object.entries(layers).map(([name, list]) => {
      const given = [{ name, document: { Version: '2012-10-17', Statement: list } }]
      return [name, name === 'scps' ? [given] : given]
    }),
  )
  const principal = 'arn:aws:sts::111122223333:assumed-role/app/run'
  return new Map(
    ACTIONS.flatMap((action) =>
      ARNS.map((resource) => [`${action} ${resource}`, evaluateAccess({ action, resource, principal }, policies).decision]),
    ),
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
      { numRuns: RUNS },
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
      { numRuns: RUNS },
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
      { numRuns: RUNS / 2 },
    )
  })

  it('of any layer a Deny only takes away, and what it takes is denied explicitly', () => {
    fc.assert(
      fc.property(statements, statementOf('Deny'), layer, (list, deny, name) => {
        const before = decisions({ identity: list })
        const after = decisions({ identity: list, [name]: [allowAll(name), withPrincipal(deny, name)] })
        for (const [request, decision] of after) {
          if (decision === 'Allowed') expect(before.get(request), request).to.equal('Allowed')
          if (decision !== before.get(request)) expect(decision, request).to.equal('ExplicitlyDenied')
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('boundary, session and SCP only ever narrow, in whatever order their statements stand', () => {
    fc.assert(
      fc.property(statements, statements, fc.constantFrom('boundary', 'session', 'scps'), (list, limit, name) => {
        const [before, after] = [decisions({ identity: list }), decisions({ identity: list, [name]: limit })]
        for (const [request, decision] of after) if (decision === 'Allowed') expect(before.get(request)).to.equal('Allowed')
        expect(decisions({ identity: [...list].reverse(), [name]: [...limit].reverse() })).to.deep.equal(after)
      }),
      { numRuns: RUNS },
    )
  })

  it('whatever is allowed is granted somewhere', () => {
    fc.assert(
      fc.property(statements, (list) => expectWithin(allowed(list), granted(list))),
      { numRuns: RUNS },
    )
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
