import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { liveRole } from '#src/commands/live-role.js'
import { ConfigError } from '#src/model/index.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }
const TEXT = encodeURIComponent(JSON.stringify(DOCUMENT))

/** What IAM answers, in its own XML; two pages of inline policies. */
function answer(form: URLSearchParams): string {
  const arn = form.get('PolicyArn') ?? ''
  switch (form.get('Action')) {
    case 'GetRole':
      return `<Role><RoleName>app</RoleName><AssumeRolePolicyDocument>${TEXT}</AssumeRolePolicyDocument><PermissionsBoundary><PermissionsBoundaryArn>arn:aws:iam::1:policy/limit</PermissionsBoundaryArn></PermissionsBoundary></Role>`
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

describe('a role of the account', function () {
  this.timeout(30_000)
  const asked: string[] = []
  let denied = ''
  let server: Server

  before(async () => {
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const form = new URLSearchParams(body)
        const action = form.get('Action') ?? ''
        asked.push(action)
        if (action === denied)
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
    expect(asked.every((action) => /^(Get|List)/.test(action))).to.equal(true)
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
