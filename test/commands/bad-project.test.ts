import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { thorough } from '../thorough.js'
import { eventfuzz } from './shop.js'

const HEAD = 'Transform: AWS::Serverless-2016-10-31\nResources:\n'
const fn = (id: string, { code = 'src/', handler = 'hello.handler' } = {}) => `
  ${id}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ${code}
      Handler: ${handler}
      Runtime: nodejs22.x
      Events: { Get: { Type: HttpApi, Properties: { Method: get, Path: /hello } } }
`
const nested = (location: string) => `
  Nested:
    Type: AWS::Serverless::Application
    Properties: { Location: ${location} }
`
const GOOD = {
  'template.yaml': HEAD + fn('Good'),
  'src/hello.mjs': 'export const handler = async () => ({ statusCode: 204 })\n',
}

function project(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-bad-'))
  for (const [name, text] of Object.entries({ ...GOOD, ...files })) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    writeFileSync(path.join(dir, name), text)
  }
  return dir
}

const BOMB = `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from(
  { length: 11 },
  (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(',')}]\n`,
).join('')}`

/** What is wrong, the files, the line that says so, and the exit code of fuzz: 4 where functions may have been missed. */
const WRONG: readonly (readonly [string, Readonly<Record<string, string>>, RegExp, number])[] = [
  [
    'an error of YAML',
    { 'b/template.yaml': `${HEAD}${fn('Bad')}\n   oops: [\n` },
    /^b\/template\.yaml:1[0-9]: .*could not be read/,
    4,
  ],
  ['an alias bomb', { 'b/template.yaml': HEAD.replace('Resources', `${BOMB}Resources`) }, /^b\/template\.yaml:\d+: .*aliases/, 4],
  ['a null byte', { 'b/template.yaml': '\0AWS::Lambda::Function\0' }, /^b\/template\.yaml:1: .*null byte/, 4],
  [
    'Resources that are none',
    { 'b/template.yaml': 'AWSTemplateFormatVersion: x\nResources: hello\n' },
    /^b\/template\.yaml:1: Resources must be/,
    0,
  ],
  [
    'templates that nest each other',
    { 'a/template.yaml': HEAD + nested('../b/template.yaml'), 'b/template.yaml': HEAD + nested('../a/template.yaml') },
    /^b\/template\.yaml:4: Nested nests a template in itself/,
    0,
  ],
  [
    'a nested template that is missing',
    { 'b/template.yaml': HEAD + nested('nope.yaml') },
    /^b\/template\.yaml:4: The template of Nested .* does not exist/,
    0,
  ],
  [
    'a handler that is missing',
    { 'b/template.yaml': HEAD + fn('Bad', { code: '../src', handler: 'no.handler' }) },
    /^b\/template\.yaml:4: Bad is not fuzzed: src\/no\.js does not exist/,
    4,
  ],
  [
    'code outside the project',
    { 'b/template.yaml': HEAD + fn('Bad', { code: '../../../../etc' }) },
    /^b\/template\.yaml:6: The code of Bad is outside the project/,
    4,
  ],
  [
    'a handler outside the project',
    { 'b/template.yaml': HEAD + fn('Bad', { code: '../src', handler: '../../../../../etc/passwd.x' }) },
    /^b\/template\.yaml:4: Bad is not fuzzed: its handler .* leads outside the project/,
    4,
  ],
  [
    'an error of serverless.yml',
    { 'serverless.yml': 'service: x\nprovider: {name: aws\nfunctions: {}\n' },
    /^serverless\.yml:3: /,
    4,
  ],
  [
    'variables that lead back to themselves',
    {
      'serverless.yml': `service: x\nprovider: {name: aws, runtime: nodejs22.x}\ncustom: {a: "\${self:custom.b}", b: "\${self:custom.a}"}\nfunctions: {A: {handler: src/hello.handler, environment: {X: "\${self:custom.a}"}, events: [{sqs: "arn:aws:sqs:us-east-1:0:q"}]}}\n`,
    },
    /^serverless\.yml:4: A: environment X: .*leads back to itself/,
    0,
  ],
]

describe('a project with', function () {
  this.timeout(60_000)

  for (const [i, [what, files, line, code]] of WRONG.entries()) {
    const test = i % 4 === 0 ? it : thorough
    test(`${what} says so in one line, and the rest is tested`, () => {
      const dir = project(files)
      const listed = eventfuzz(dir, 'list')
      expect(listed.status, listed.stderr).to.equal(0)
      const said = listed.stdout.split('\n').filter((one) => line.test(one.trim()))
      expect(said, listed.stdout).to.have.lengthOf(1)
      const ran = eventfuzz(dir, 'fuzz', '--seed', '1', '--runs', '20')
      expect(ran.status, ran.stderr).to.equal(code)
      const report = JSON.parse(readFileSync(path.join(dir, '.eventfuzz/last/report.json'), 'utf8')) as Report
      expect(report.targets.map(({ id, status }) => `${id} ${status}`)).to.include('Good tested')
    })
  }

  it('only a broken template: nothing was tested, and the line says where', () => {
    const dir = project({ 'template.yaml': `${HEAD}${fn('Bad')}\n   oops: [\n` })
    for (const command of ['list', 'fuzz']) expect(eventfuzz(dir, command).status).to.equal(3)
    expect(eventfuzz(dir, 'fuzz').stderr).to.match(/^eventfuzz: No function was found here\. template\.yaml:1\d: [^\n]*\n$/)
  })

  it('links to elsewhere: nothing outside is read', () => {
    const outside = project({ 'secret.mjs': 'export const handler = 1 // hunter2', 'template.yaml': HEAD + fn('Outside') })
    const dir = project({
      'template.yaml':
        HEAD + fn('Good') + fn('Linked', { code: 'out/', handler: 'secret.handler' }) + fn('File', { handler: 'link.handler' }),
    })
    symlinkSync(outside, path.join(dir, 'out'))
    symlinkSync(path.join(outside, 'secret.mjs'), path.join(dir, 'src/link.mjs'))
    symlinkSync(path.join(outside, 'template.yaml'), path.join(dir, 'other.template'))
    mkdirSync(path.join(dir, 'dir/template.yaml'), { recursive: true })
    const { functions } = JSON.parse(eventfuzz(dir, 'list', '--json').stdout) as {
      functions: { id: string; handler: string | null }[]
    }
    expect(functions.map(({ id, handler }) => `${id} ${handler}`)).to.deep.equal([
      'Good src/hello.mjs#handler',
      'Linked null',
      'File null',
    ])
  })

  it('hostile names: they stay names', () => {
    const names = [
      '__proto__',
      'constructor',
      '"a\\nb"',
      '"\\e[31mred"',
      '"x */ process.exit(9) /*"',
      '"../../up"',
      '"*"',
      '"a;b"',
    ]
    const dir = project({ 'template.yaml': HEAD + names.map((name) => fn(name)).join('') })
    const listed = eventfuzz(dir, 'list')
    expect(listed.stdout).to.include('8 functions, 8 of them can be fuzzed')
    expect(listed.stdout.replaceAll('\n', '')).to.match(/^[\x20-\x7e]*$/)
    expect(eventfuzz(dir, 'init').status).to.equal(0)
    const ran = eventfuzz(dir, 'fuzz', '--seed', '1', '--runs', '20')
    expect(ran.status, ran.stderr).to.equal(0)
    const report = JSON.parse(readFileSync(path.join(dir, '.eventfuzz/last/report.json'), 'utf8')) as Report
    expect(report.targets.map(({ id }) => id))
      .to.include('__proto__')
      .and.to.have.lengthOf(8)
  })

  it('one id in two templates: both are there, under ids that do not depend on their order', () => {
    const dir = project({ 'b/template.yaml': HEAD + fn('Good'), 'b/src/hello.mjs': GOOD['src/hello.mjs'] })
    const listed = eventfuzz(dir, 'list').stdout
    expect(listed)
      .to.match(/^ *Good +.* src\/hello\.mjs#handler/m)
      .and.to.match(/^ *b\/Good +.* b\/src\/hello\.mjs#handler/m)
    expect(eventfuzz(dir, 'fuzz', 'b/Good', '--seed', '1', '--runs', '20').status).to.equal(0)
  })

  it('more functions than a template may hold', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => fn(`F${i}`)).join('')
    const listed = eventfuzz(project({ 'template.yaml': HEAD + many }), 'list')
    expect(listed.stdout.split('\n').at(-2)).to.equal('20,000 functions, 20000 of them can be fuzzed')
  })
})
