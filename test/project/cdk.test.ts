import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { wordsOf } from '#src/project/cdk/synth.js'
import { cdk, synthCdk } from '#src/project/cdk.js'
import { functionOf, project, readAll, triggersOf } from './reading.js'

const hash = (sign: string) => sign.repeat(64)
const lambda = (name: string, code: object, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs20.x', Handler: 'index.handler', Code: code, ...more },
  Metadata: { 'aws:cdk:path': `Shop/${name}/Resource` },
})
const asset = (name: string, sign: string, more: object = {}) => {
  const found = lambda(name, { S3Bucket: 'b', S3Key: `${hash(sign)}.zip` }, more)
  return { ...found, Metadata: { ...found.Metadata, 'aws:asset:path': `asset.${hash(sign)}` } }
}
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const manifest = (artifacts: object) => JSON.stringify({ version: '36.0.0', artifacts })
const stack = (file: string) => ({ type: 'aws:cloudformation:stack', properties: { templateFile: file } })

const SHOP = {
  Resources: {
    Plain1: asset('Plain', 'a'),
    Bundled2: asset('Bundled', 'b'),
    NoMetadata3: { Type: 'AWS::Lambda::Function', Properties: { Handler: 'index.handler', Code: { S3Key: `${hash('a')}.zip` } } },
    Inline4: lambda('Inline', { ZipFile: 'exports.handler = 1' }),
    OnEvent5: asset('OnEvent', 'c'),
    frameworkonEvent6: asset('Provider/framework-onEvent', 'd', {
      Environment: { Variables: { USER_ON_EVENT_FUNCTION_ARN: arn('OnEvent5') } },
    }),
    LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A: asset('LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a', 'e'),
    BucketNotificationsHandler050a0587b7544547bf325f094a3db8347ECC3691: lambda(
      'BucketNotificationsHandler050a0587b7544547bf325f094a3db834',
      { ZipFile: 'import boto3' },
    ),
    Bucket7: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'uploads' } },
    Notifications8: {
      Type: 'Custom::S3BucketNotifications',
      Properties: {
        ServiceToken: arn('BucketNotificationsHandler050a0587b7544547bf325f094a3db8347ECC3691'),
        BucketName: { Ref: 'Bucket7' },
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [
            {
              Events: ['s3:ObjectCreated:*'],
              LambdaFunctionArn: arn('Bundled2'),
              Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } },
            },
          ],
        },
      },
    },
    Queue9: { Type: 'AWS::SQS::Queue' },
    Mapping10: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: { Ref: 'Plain1' }, EventSourceArn: arn('Queue9') },
    },
    Nested11: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, '/x']] } },
      Metadata: { 'aws:asset:path': 'Nested.nested.template.json' },
    },
  },
}

const FILES = {
  'cdk.json': '{"app": "node app.js"}',
  'src/orders/entry.ts': 'export const handler = 1',
  'lambda/plain/index.js': 'exports.handler = async () => "plain"',
  'cdk.out/manifest.json': manifest({
    'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'Shop.assets.json' } },
    Shop: stack('Shop.template.json'),
    'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
  }),
  'cdk.out/Shop.template.json': JSON.stringify(SHOP, null, 1),
  'cdk.out/Nested.nested.template.json': JSON.stringify({ Resources: { Deep1: asset('Nested/Deep', 'a') } }),
  'cdk.out/assembly-Prod/manifest.json': manifest({ Prod: { ...stack('Prod.template.json'), displayName: 'Prod' } }),
  'cdk.out/assembly-Prod/Prod.template.json': JSON.stringify({
    Resources: { F: { ...lambda('F', {}), Metadata: { 'aws:cdk:path': 'Prod/F/Resource' } } },
  }),
  [`cdk.out/asset.${hash('a')}/index.js`]: 'exports.handler = async () => "plain"',
  [`cdk.out/asset.${hash('b')}/index.js`]:
    '"use strict";\n// node_modules/x/y.js\nvar x\n// src/orders/entry.ts\nvar handler = 1\n',
  [`cdk.out/asset.${hash('c')}/index.js`]: '// a file that stands nowhere else',
}

describe('CDK: cdk.out', () => {
  const read = () => readAll(cdk, project(FILES))

  it('has the functions of all stacks by their construct path, without those of CDK', async () => {
    const part = await read()
    expect(part.functions.map(({ id }) => id)).to.have.members([
      'Shop/Plain',
      'Shop/Bundled',
      'Shop/NoMetadata3',
      'Shop/Inline',
      'Shop/OnEvent',
      'Shop/Nested/Deep',
      'Prod/F',
    ])
    const [left] = part.problems
    expect(left?.text).to.match(/CDK adds for itself.*frameworkonEvent6.*LogRetention.*BucketNotificationsHandler/)
    expect(part.problems).to.have.lengthOf(1)
  })

  it('finds the sources behind copies and bundles, else the asset', async () => {
    const part = await read()
    expect(functionOf(part, 'Shop/Plain')).to.include({ code: 'lambda/plain', entry: null, handler: 'index.handler' })
    expect(functionOf(part, 'Shop/NoMetadata3').code).to.equal('lambda/plain')
    expect(functionOf(part, 'Shop/Nested/Deep').code).to.equal('lambda/plain')
    expect(functionOf(part, 'Shop/Bundled')).to.include({ code: '.', entry: 'src/orders/entry.ts' })
    expect(functionOf(part, 'Shop/OnEvent').code).to.equal(`cdk.out/asset.${hash('c')}`)
    expect(functionOf(part, 'Shop/Inline').inline).to.equal('exports.handler = 1')
    expect(functionOf(part, 'Shop/Plain').unresolved).to.deep.equal([])
  })

  it('knows triggers, also of custom resources', async () => {
    const part = await read()
    expect(triggersOf(functionOf(part, 'Shop/Plain'))[0]).to.match(/^sqs \{"resource":"[^"]*Queue9"/)
    expect(triggersOf(functionOf(part, 'Shop/Bundled'))).to.deep.equal([
      's3 {"resource":"uploads","s3Events":["s3:ObjectCreated:*"],"keyPrefix":"in/"}',
    ])
    expect(triggersOf(functionOf(part, 'Shop/OnEvent'))).to.deep.equal(['cfn-custom-resource {}'])
    const buckets = part.resources.filter(({ type }) => type === 'AWS::S3::Bucket')
    expect(buckets.map(({ id }) => id)).to.deep.equal(['Bucket7'])
    const { at } = functionOf(part, 'Shop/Bundled')
    expect(JSON.stringify(SHOP, null, 1).split('\n')[at.line - 1]).to.contain('Bundled2')
  })

  it('says what to do without cdk.out', async () => {
    const { functions, problems } = await readAll(cdk, project({ 'app/cdk.json': '{"app": "x"}' }))
    expect(functions).to.deep.equal([])
    expect(problems[0]).to.include({ file: 'app/cdk.json' })
    expect(problems[0]?.text).to.contain('npx cdk synth').and.to.contain('eventfuzz list --synth')
  })

  it('says what is wrong with an assembly, and reads the rest', async () => {
    const part = await readAll(
      cdk,
      project({
        'cdk.out/manifest.json': manifest({
          Out: stack('../../../../../../etc/hostname'),
          Missing: stack('missing.template.json'),
          Broken: stack('broken.template.json'),
          Good: stack('good.template.json'),
          Self: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } },
        }),
        'cdk.out/broken.template.json': '{"Resources": {\n "a": [',
        'cdk.out/good.template.json': JSON.stringify({ Resources: { F: asset('F', '../../../x') } }),
      }),
    )
    functionOf(part, 'Shop/F')
    const texts = part.problems.map(({ text }) => text).join('\n')
    expect(texts).to.contain('outside the project').and.to.contain('does not exist')
    expect(part.problems.find(({ file }) => file.endsWith('broken.template.json'))?.line).to.be.greaterThan(0)
  })

  it('never throws, whatever a template holds', async () => {
    const word = fc.constantFrom(
      'Type',
      'Properties',
      'Metadata',
      'aws:cdk:path',
      'aws:asset:path',
      'AWS::Lambda::Function',
      'Custom::S3BucketNotifications',
      'NotificationConfiguration',
      'LambdaFunctionConfigurations',
      'Code',
      'S3Key',
      '..',
      '__proto__',
    )
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        word,
        fc.jsonValue(),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(word, tie('any'), { maxKeys: 4 }),
      ),
    }))
    const root = project({ 'cdk.out/manifest.json': manifest({ S: stack('s.json') }) })
    const { writeFileSync } = await import('node:fs')
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), any), any, async (resources, one) => {
        const value = { Resources: { ...resources, F: { Type: 'AWS::Lambda::Function', Properties: one, Metadata: one } } }
        writeFileSync(`${root}/cdk.out/s.json`, JSON.stringify(value))
        expect((await cdk.read('cdk.out/manifest.json', { root, parameters: {} })).functions).to.be.an('array')
      }),
      { numRuns: 200 },
    )
  })
})

describe('CDK: synth', () => {
  const APP = `const fs = require('fs'), path = require('path')
const context = JSON.parse(process.env.CDK_CONTEXT_JSON)
fs.writeFileSync(path.join(process.env.CDK_OUTDIR, 'manifest.json'), JSON.stringify({ artifacts: {}, context, secret: process.env.SECRET, argv: process.argv.slice(2) }))
`
  const env = { PATH: process.env['PATH'] ?? '' }

  it('runs the app with what it needs, and the reader finds what it wrote', async () => {
    const root = project({ 'cdk.json': '{"app": "node app.js --stage \\"my stage\\"", "context": {"own": 1}}', 'app.js': APP })
    const output = await synthCdk(root, new AbortController().signal, env)
    expect(path.relative(root, output)).to.equal('.eventfuzz/cdk.out')
    const written = JSON.parse((await import('node:fs')).readFileSync(path.join(output, 'manifest.json'), 'utf8'))
    expect(written.context).to.deep.include({ own: 1, 'aws:cdk:enable-path-metadata': true })
    expect(written.argv).to.deep.equal(['--stage', 'my stage'])
    expect(written).to.not.have.property('secret')
    expect(cdk.find(['app.js', 'cdk.json'], root)).to.deep.equal(['.eventfuzz/cdk.out/manifest.json'])
  })

  it('leads what was written there back to the app', async () => {
    const moved = Object.entries(FILES).map(([name, text]) => [name.replace(/^cdk\.out/, '.eventfuzz/cdk.out'), text])
    const part = await cdk.read('.eventfuzz/cdk.out/manifest.json', { root: project(Object.fromEntries(moved)), parameters: {} })
    expect(part.functions.find(({ id }) => id === 'Shop/Plain')?.code).to.match(/lambda\/plain$/)
  })

  it('says why it could not', async () => {
    const failed = async (app: string) => {
      const root = project({ 'cdk.json': JSON.stringify({ app }), 'bad.js': 'console.error("no such stack"); process.exit(3)' })
      const error = await synthCdk(root, new AbortController().signal, env).catch((each: unknown) => each as Error)
      return (error as Error).message
    }
    expect(await failed('node bad.js')).to.match(/ended with 3: no such stack/)
    expect(await failed('there-is-no-such-program x')).to.contain('there is no there-is-no-such-program')
    expect(await failed('')).to.contain('no app to run')
  })

  it('ends with everything that it started when it is told to', async () => {
    const root = project({
      'cdk.json': '{"app": "node app.js"}',
      'app.js': `const { spawn } = require('child_process')
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
require('fs').writeFileSync('started', String(child.pid))
setInterval(() => {}, 1000)`,
    })
    const controller = new AbortController()
    const running = synthCdk(root, controller.signal, env).then(
      () => 'ended',
      (error: Error) => error.name,
    )
    while (!existsSync(path.join(root, 'started'))) await new Promise((resolve) => setTimeout(resolve, 20))
    controller.abort()
    expect(await running).to.equal('AbortError')
  })

  for (const [command, expected] of [
    ['node app.js', ['node', 'app.js']],
    ['npx ts-node --prefer-ts-exts bin/app.ts', ['npx', 'ts-node', '--prefer-ts-exts', 'bin/app.ts']],
    ['node "my app.js"', ['node', 'my app.js']],
    ['npm run build && node app.js', undefined],
    ['node app.js $STAGE', undefined],
    ['node a"b c"', undefined],
  ] as const)
    it(`takes ${command} ${expected === undefined ? 'to a shell' : 'as words'}`, () => {
      expect(wordsOf(command)).to.deep.equal(expected)
    })
})
