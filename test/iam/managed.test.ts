import { expect } from 'chai'
import { analysePermissions } from '#src/iam/analyse.js'
import { isForPlatform, managedNames, managedOrigin, managedPolicy, parsePolicies } from '#src/iam/index.js'
import { question } from './maker.js'

const bucket = { call: 's3:GetObject', on: ['arn:aws:s3:::b/k'] }
const analysed = (...names: string[]) =>
  analysePermissions({ ...question([], [bucket]), policies: [], managed: names.map((name) => managedPolicy(name)!) }, new Set())

describe("AWS's managed policies", () => {
  it('are read without losing a part', () => {
    expect(managedNames()).to.have.lengthOf.above(1500)
    const policies = managedNames().map((name) => managedPolicy(name)!)
    expect(parsePolicies(policies).problems.filter(({ lost }) => lost)).to.deep.equal([])
  })

  it('are found by ARN, by path and by name', () => {
    const name = 'AWSLambdaBasicExecutionRole'
    for (const given of [
      name,
      `service-role/${name}`,
      `arn:aws:iam::aws:policy/service-role/${name}`,
      `arn:aws-cn:iam::aws:policy/service-role/${name}`,
    ])
      expect(managedPolicy(given)?.name, given).to.equal(name)
    for (const given of [
      'arn:aws:iam::123456789012:policy/AdministratorAccess',
      `arn:aws:iam::aws:policy/${name}`,
      'Frobnicate',
      '__proto__',
    ])
      expect(managedPolicy(given), given).to.equal(undefined)
  })

  it('say of which day they are', () => expect(managedOrigin().date).to.match(/^20\d\d-\d\d-\d\d$/))

  it('know those that the platform needs', () => {
    expect(isForPlatform('arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole')).to.equal(true)
    expect(isForPlatform('AmazonS3FullAccess')).to.equal(false)
  })

  it('are one row each of what was never used', () => {
    const rows = analysed('AmazonSQSFullAccess', 'AmazonS3ReadOnlyAccess')
    expect(rows.filter(({ class: kind }) => kind === 'REMOVABLE').map(({ statement }) => statement)).to.include(
      'AmazonSQSFullAccess#0',
    )
    const admin = analysed('IAMReadOnlyAccess').filter(({ class: kind }) => kind === 'REMOVABLE')
    expect(admin).to.have.lengthOf(1)
    expect(admin[0]).to.include({ action: 'IAMReadOnlyAccess', resource: '*' })
    expect(admin[0]!.why).to.include('Detach the policy.')
  })

  it('that allow a call are why it is not missing', () => {
    expect(analysed('AmazonS3ReadOnlyAccess').filter(({ class: kind }) => kind === 'MISSING')).to.deep.equal([])
  })
})
