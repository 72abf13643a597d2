import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { withIam } from '#src/commands/live-iam.js'
import { liveRole } from '#src/commands/live-role.js'
import { advisorEvidence } from '#src/iam/index.js'
import { ConfigError } from '#src/model/index.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }
const TEXT = encodeURIComponent(JSON.stringify(DOCUMENT))

/** What IAM answers, in its own XML; two pages of inline policies. */
function answer(form: URLSearchParams): string {
  const arn = form.get('PolicyArn') ?? ''
  switch (form.get('Action')) {
    case 'GenerateServiceLastAccessedDetails':
      return `<JobId>${form.get('Granularity')}</JobId>`
    case 'GetServiceLastAccessedDetails':
      return accessed(form)
    case 'GetRole':
      return `<Role><Arn>arn:aws:iam::123456789012:role/app</Arn><RoleName>app</RoleName><AssumeRolePolicyDocument>${TEXT}</AssumeRolePolicyDocument><PermissionsBoundary><PermissionsBoundaryArn>arn:aws:iam::1:policy/limit</PermissionsBoundaryArn></PermissionsBoundary></Role>`
    case 'ListRolePolicies':
      return form.get('Marker') === null
        ? '<PolicyNames><member>one</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>m</Marker>'
        : '<PolicyNames><member>two</member></PolicyNames><IsTruncated>false</IsTruncated>'
    case 'ListAttachedRolePolicies':
      return '<AttachedPolicies><member><PolicyArn>arn:aws:iam::1:policy/own</PolicyArn></member></AttachedPolicies><IsTruncated>false</IsTruncated>'
    case 'GetRolePolicy':
      return `<PolicyDocument>${TEXT}</PolicyDocument>`
    case 'GetPolicy':
      return `<Policy><PolicyName>${arn.split('/')[1]}</PolicyName><DefaultVersionId>v3</DefaultVersionId></Policy>`
    default:
      return `<PolicyVersion><Document>${TEXT}</Document><VersionId>${form.get('VersionId')}</VersionId></PolicyVersion>`
  }
}

let polls = 0

/** In progress at first, then two pages. */
function accessed(form: URLSearchParams): string {
  const head = `<JobCreationDate>2026-01-01T00:00:00Z</JobCreationDate><JobStatus>${++polls < 2 ? 'IN_PROGRESS' : 'COMPLETED'}</JobStatus>`
  if (polls < 2) return `${head}<ServicesLastAccessed/>`
  const used = '<LastAuthenticated>2026-01-01T00:00:00Z</LastAuthenticated>'
  const of = (service: string, more: string) =>
    `<ServicesLastAccessed><member><ServiceName>x</ServiceName><ServiceNamespace>${service}</ServiceNamespace>${more}</member></ServicesLastAccessed>`
  const tracked =
    '<TrackedActionsLastAccessed><member><ActionName>GetObject</ActionName><LastAccessedTime>2026-01-01T00:00:00Z</LastAccessedTime></member></TrackedActionsLastAccessed>'
  return form.get('Marker') === null
    ? `${head}${of('s3', used + tracked)}<IsTruncated>true</IsTruncated><Marker>next</Marker>`
    : `${head}${of('sqs', '')}<IsTruncated>false</IsTruncated>`
}

describe('a role of the account', function () {
  this.timeout(30_000)
  const asked: string[] = []
  let denied = ''
  let throttled = ''
  let server: Server

  before(async () => {
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const form = new URLSearchParams(body)
        const action = form.get('Action') ?? ''
        asked.push(action)
        if (action === throttled) {
          throttled = ''
          response
            .writeHead(400)
            .end('<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>')
        } else if (action === denied)
          response
            .writeHead(403)
            .end('<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>')
        else response.end(`<${action}Response><${action}Result>${answer(form)}</${action}Result></${action}Response>`)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_IAM: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ...{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'us-east-1' },
    })
  })
  after(() => {
    server.close()
    for (const name of ['AWS_ENDPOINT_URL_IAM', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'])
      delete process.env[name]
  })

  it('is read with all its pages, attached policies and its boundary', async () => {
    const { role, boundary, trust } = await liveRole('app', ROOT)
    expect(role.policies).to.deep.equal(['one', 'two', 'own'].map((name) => ({ name, document: DOCUMENT })))
    expect(boundary).to.deep.equal({ name: 'limit', document: DOCUMENT })
    expect(trust).to.deep.equal(DOCUMENT)
  })

  it('is asked again where AWS throttles', async () => {
    throttled = 'GetPolicy'
    const { role } = await liveRole('app', ROOT)
    expect(role.policies).to.have.lengthOf(3)
    expect(throttled).to.equal('')
  })

  it('says what it used, once AWS has made its report, page after page', async () => {
    const { accessed: document } = await liveRole('app', ROOT, { accessed: true })
    expect(advisorEvidence(document!, ['app']).map(({ service, operation }) => `${service}:${operation}`)).to.deep.equal([
      's3:GetObject',
      's3:*',
    ])
    expect(polls).to.equal(3)
  })

  it('is read through the region that is asked for', async () => {
    delete process.env['AWS_REGION']
    const { account } = await liveRole('app', ROOT, { region: 'eu-west-1' })
    process.env['AWS_REGION'] = 'us-east-1'
    expect(account).to.equal('123456789012')
  })

  it('of a profile that is not there is one line', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name]
    const error = await liveRole('app', ROOT, { profile: 'nobody-has-this' }).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' })
    expect(error).to.be.instanceOf(ConfigError)
    expect((error as Error).message)
      .to.include('nobody-has-this')
      .and.not.include('\n')
  })

  it('is only ever read', () => {
    expect([...new Set(asked)].sort()).to.deep.equal([
      'GenerateServiceLastAccessedDetails',
      'GetPolicy',
      'GetPolicyVersion',
      'GetRole',
      'GetRolePolicy',
      'GetServiceLastAccessedDetails',
      'ListAttachedRolePolicies',
      'ListRolePolicies',
    ])
  })

  it('refuses to send anything that is not among what is read', async () => {
    const error = await withIam(ROOT, { region: 'us-east-1' }, (ask) => ask('DeleteRole', { RoleName: 'app' })).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect((error as Error).message).to.include('iam:DeleteRole is not among what is read')
    expect(asked).to.not.include('DeleteRole')
  })

  it('that may not be read names the permission to add', async () => {
    denied = 'ListAttachedRolePolicies'
    const error = await liveRole('app', ROOT).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).to.be.instanceOf(ConfigError)
    expect((error as Error).message).to.include('refuses iam:ListAttachedRolePolicies')
  })
})
