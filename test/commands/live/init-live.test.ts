import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { initLive, leastPolicy } from '#src/commands/live/init-live.js'
import { readConfig } from '#src/config/index.js'
import { type AccessRequest, evaluateAccess, parsePolicies, trustRisks } from '#src/iam/index.js'
import type { Json, JsonObject } from '#src/model/index.js'
import { readProject } from '#src/project/index.js'
import { loadYaml } from '#src/project/yaml.js'
import { FUNCTION, startStub } from '../../invokers/live/aws-stub.js'
import { THOROUGH } from '../../thorough.js'
import { live, liveRun, options, Project } from './live-run.js'

const PRINCIPAL = 'arn:aws:sts::111122223333:assumed-role/eventfuzz/nightly'
const TAGGED = { 'aws:ResourceTag/eventfuzz': 'allowed' }

const decided = (policy: Json, request: Pick<AccessRequest, 'action' | 'resource'> & Partial<AccessRequest>) =>
  evaluateAccess({ principal: PRINCIPAL, ...request }, { identity: [{ name: 'eventfuzz', document: policy }] }).decision

/** The permission that a request to the Lambda service needs. */
function needed(request: string): Pick<AccessRequest, 'action' | 'resource'> | undefined {
  const arn = decodeURIComponent(/(arn%3A[^/?]+)/.exec(request)?.[1] ?? '')
  const qualifier = /[?&]Qualifier=([^& ]+)/.exec(request)?.[1]
  const resource = qualifier === undefined ? arn : `${arn}:${decodeURIComponent(qualifier)}`
  if (request.startsWith('POST / ') || request === 'POST /') return undefined // STS says who one is to everybody.
  if (request.includes('/configuration')) return { action: 'lambda:GetFunctionConfiguration', resource }
  if (request.includes('/tags/')) return { action: 'lambda:ListTags', resource }
  if (request.includes('/invocations')) return { action: 'lambda:InvokeFunction', resource }
  throw new Error(`nobody knows what ${request} needs`)
}

describe('init --live', () => {
  it('prints a policy that allows every call that a live run makes', async () => {
    const policy = leastPolicy([FUNCTION])
    expect(parsePolicies([{ name: 'eventfuzz', document: policy }]).problems).to.deep.equal([])
    for (const target of [FUNCTION, `${FUNCTION}:sandbox`]) {
      await using stub = await startStub()
      using project = new Project(live())
      await liveRun(stub.url, options(project.dir, { targets: [target], runs: 20 }))
      const asked = stub.requests.map(needed).filter((one) => one !== undefined)
      expect(new Set(asked.map(({ action }) => action)).size).to.equal(3)
      for (const request of asked)
        expect(decided(policy, { ...request, context: TAGGED }), JSON.stringify(request)).to.equal('Allowed')
    }
  })

  const REFUSED: readonly (readonly [what: string, action: string, resource: string, context?: AccessRequest['context']])[] = [
    ['a function without the tag', 'lambda:InvokeFunction', FUNCTION],
    ['another value of the tag', 'lambda:InvokeFunction', FUNCTION, { 'aws:ResourceTag/eventfuzz': 'no' }],
    ['another function', 'lambda:InvokeFunction', FUNCTION.replace('orders', 'other'), TAGGED],
    ['another account', 'lambda:InvokeFunction', FUNCTION.replace('111122223333', '444455556666'), TAGGED],
    ['its code', 'lambda:GetFunction', FUNCTION, TAGGED],
    ['changing its code', 'lambda:UpdateFunctionCode', FUNCTION, TAGGED],
    ['setting the tag itself', 'lambda:TagResource', FUNCTION, TAGGED],
    ['invoking without waiting', 'lambda:InvokeAsync', FUNCTION, TAGGED],
    ['other roles', 'sts:AssumeRole', 'arn:aws:iam::111122223333:role/admin', TAGGED],
  ]
  for (const [what, action, resource, context = {}] of REFUSED)
    it(`prints a policy that does not allow ${what}`, () =>
      expect(decided(leastPolicy([FUNCTION]), { action, resource, context })).to.equal('ImplicitlyDenied'))

  it('prints a configuration that can be read', async () => {
    using project = new Project(undefined)
    const { config } = await initLive(project.dir)
    project.write('eventfuzz.config.json', config)
    const { live: read } = await readConfig(project.dir)
    expect(read).to.deep.include({ accounts: ['111122223333'], regions: ['eu-central-1'] })
    expect(read?.budget.invocations).to.be.at.most(1_000)
  })

  it('prints a template whose role has the same policy, which nobody outside can take on', async () => {
    using project = new Project(live())
    const { template, policy } = await initLive(project.dir)
    writeFileSync(path.join(project.dir, 'template.yaml'), template)
    const { problems } = await readProject(project.dir, {})
    expect(problems).to.deep.equal([])
    const { value } = loadYaml(template) as { value: { Resources: Record<string, { Properties: JsonObject }> } }
    const role = value.Resources['FuzzRole']!.Properties as {
      Policies: { PolicyDocument: Json }[]
      AssumeRolePolicyDocument: Json
    }
    expect(role.Policies[0]?.PolicyDocument).to.deep.equal(JSON.parse(policy))
    expect(trustRisks({ name: 'trust', document: role.AssumeRolePolicyDocument }, '111122223333')).to.deep.equal([])
  })

  it('prints a template that cfn-lint accepts', function () {
    if (!THOROUGH) {
      console.log('      skipped: takes long (THOROUGH=1 npm test)')
      return this.skip()
    }
    if (spawnSync('cfn-lint', ['--version']).status !== 0) {
      console.log('      skipped: cfn-lint is not installed (pip install cfn-lint)')
      return this.skip()
    }
    return initLive(process.cwd()).then(({ template }) => {
      using project = new Project(undefined)
      project.write('template.yaml', template)
      const { status, stdout } = spawnSync('cfn-lint', [path.join(project.dir, 'template.yaml')], { encoding: 'utf8' })
      expect(status, stdout).to.equal(0)
    })
  })
})
