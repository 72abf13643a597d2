import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { ProjectPart } from '#src/model/index.js'
import { sam } from '#src/project/sam.js'
import { filesBelow } from '#src/project/walk.js'
import { project, readAll } from './reading.js'

const FIXTURES = fileURLToPath(new URL('../../test/project/fixtures', import.meta.url))
const dirOf = (name: string): string => path.join(FIXTURES, name)
const read = (dir: string, file: string, parameters = {}): Promise<ProjectPart> =>
  sam.read(file, { root: dirOf(dir), parameters })
const problemsOf = (part: ProjectPart, dir: string): readonly string[] =>
  part.problems.map(({ file, line, text }) => `${path.relative(dirOf(dir), file)}:${line} ${text}`)

/** Root may read everything: for this it becomes somebody else. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    return await work()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}

describe('finding SAM and CloudFormation templates', () => {
  it('takes templates, and leaves to others what is theirs: output, serverless.yml, Helm, data, nested stacks', () => {
    expect(sam.find(filesBelow(dirOf('nested')), dirOf('nested'))).to.deep.equal(['other.yml', 'template.yaml'])
  })

  it('takes a template that this user may not read: it is said, not passed over', async () => {
    const root = project({ 'template.yaml': 'Resources: {}' })
    await readAll(sam, root) // What is loaded late has to be there before the user changes.
    chmodSync(root, 0o755)
    chmodSync(path.join(root, 'template.yaml'), 0)
    const { problems } = await asNobody(() => readAll(sam, root))
    expect(problems.map(({ file, text }) => `${file} ${text}`).join()).to.match(
      /^template\.yaml The template could not be read: EACCES/,
    )
  })

  it('takes the first of a circle of templates', () => {
    const root = mkdtempSync(path.join(tmpdir(), 'ef-sam-'))
    const nest = (file: string) => `Resources: {S: {Type: AWS::Serverless::Application, Properties: {Location: ${file}}}}\n`
    try {
      writeFileSync(path.join(root, 'b.yaml'), nest('a.yaml'))
      writeFileSync(path.join(root, 'a.yaml'), nest('./b.yaml'))
      expect(sam.find(['a.yaml', 'b.yaml', 'gone.template'], root)).to.deep.equal(['a.yaml'])
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})

describe('nested stacks', () => {
  it('reads local ones with the parameters they are given, under their own ids', async () => {
    const { functions, resources } = await read('nested', 'template.yaml')
    expect(functions.map(({ id, name }) => `${id} ${name}`)).to.deep.equal([
      'Api/Worker null',
      'Data/Seed null',
      'Again/Seed null',
    ])
    const worker = functions[0]!
    expect(worker.environment).to.deep.equal({ STAGE: 'dev', TABLE: 'Data-Table', STACK: 'nested-Api' })
    expect(worker.code).to.equal(path.join(dirOf('nested'), 'api/src'))
    expect(worker.triggers.map(({ kind, trigger }) => `${kind} ${trigger.resource}`)).to.deep.equal([
      'eventbridge undefined',
      'sqs jobs',
    ])
    expect(resources.map(({ id, name }) => `${id} ${name}`)).to.deep.equal([
      'Jobs jobs',
      'Data/Table Data-Table',
      'Again/Table Again-Table',
    ])
  })

  it('says what cannot be read, and where', async () => {
    expect(problemsOf(await read('nested', 'template.yaml'), 'nested').toSorted()).to.deep.equal([
      'api/template.yaml:11 Deeper nests a template in itself: ../template.yaml',
      'shared/broken.template:4 unexpected end of the stream within a flow collection',
      'template.yaml:12 The template of Remote is not in the project: its functions are not known',
      'template.yaml:13 The template of Repository is not in the project: its functions are not known',
      'template.yaml:14 The template of Outside is outside the project: ../../outside.yaml',
      'template.yaml:15 The template of Missing could not be read: it does not exist',
    ])
  })
})

describe('samconfig', () => {
  const environment = async (file: string, parameters = {}) =>
    (await read('overrides', file, parameters)).functions[0]!.environment

  it('gives parameters and the name of the stack, which the user can override', async () => {
    expect(await environment('template.yaml')).to.deep.equal({ STAGE: 'test', NAME: 'two words', STACK: 'orders-stack' })
    expect(await environment('template.yaml', { Stage: 'mine' })).to.include({ STAGE: 'mine', NAME: 'two words' })
    expect((await read('overrides', 'template.yaml')).functions[0]!.memoryMb).to.equal(256)
  })

  it('is read in its old form, as YAML, and not when it is broken', async () => {
    expect(await environment('old/template.yaml')).to.deep.equal({ STAGE: 'old', NAME: 'a b', STACK: 'old' })
    expect(await environment('list/template.yaml')).to.include({ STAGE: 'list', NAME: 'n' })
    expect(await environment('other/template.yaml')).to.deep.equal({ STAGE: 'dev', STACK: 'other' })
    const broken = await read('overrides', 'broken/template.yaml')
    expect(broken.functions).to.have.lengthOf(1)
    expect(problemsOf(broken, 'overrides')[0]).to.match(/^broken\/samconfig\.toml:\d+ The parameters in it are not used: /)
  })
})

describe('hostile templates', () => {
  const PROBLEMS: readonly (readonly [string, string])[] = [
    ['syntax.template', 'syntax.template:4 The template could not be read: missed comma between flow collection entries'],
    ['tab.template', 'tab.template:3 The template could not be read: tab characters must not be used in indentation'],
    ['list.template', 'list.template:1 It is no template: it must hold a mapping with Resources'],
    [
      'bomb.template',
      'bomb.template:8 The template could not be read: it has more than 4000000 values once its aliases are written out',
    ],
    ['circle.template', 'circle.template:3 The template could not be read: an alias holds itself'],
    ['gone.template', 'gone.template:null The template could not be read: it does not exist'],
    ['../sam/roles.template', '../sam/roles.template:null The template could not be read: it is outside the project'],
  ]
  for (const [file, problem] of PROBLEMS) {
    it(`${file} is a line for people`, async () => {
      const part = await read('hostile', file)
      expect(problemsOf(part, 'hostile')).to.deep.equal([problem])
      expect(part.functions).to.deep.equal([])
    })
  }

  it('reads nothing outside the project', async () => {
    const part = await read('hostile', 'paths.template')
    expect(
      part.functions.map(({ id, code }) => `${id} ${code === null ? null : path.relative(dirOf('hostile'), code)}`),
    ).to.deep.equal(['Up null', 'Absolute null', 'Gone nowhere', 'Layered ', 'Twice ', 'Built dist/built', 'InS3 null'])
    expect(part.functions[3]!.layers).to.deep.equal([])
    expect(part.functions[6]!.unresolved).to.deep.equal(['Its code is in S3, not in the project'])
    expect(problemsOf(part, 'hostile')).to.deep.equal([
      'paths.template:5 The code of Up is outside the project: ../../../../../etc',
      'paths.template:8 The code of Absolute is outside the project: /etc/passwd',
      'paths.template:9 The code of Gone does not exist: nowhere',
      'paths.template:11 The code of Layer is outside the project: ../../../layer',
      'paths.template:12 ../../../../../etc/hostname is outside the project',
    ])
  })

  it('takes names that every object inherits for names', async () => {
    const { functions, problems } = await read('hostile', 'names.template')
    expect(functions.map(({ id }) => id)).to.deep.equal(['__proto__', 'constructor', 'two\nlines'])
    expect(Object.entries(functions[1]!.environment)).to.deep.equal([
      ['__proto__', 'evil'],
      ['toString', 'text'],
    ])
    expect(functions[2]!.unresolved).to.deep.equal([
      'SAM has no policy template constructor',
      'SAM has no policy template __proto__',
      'Ref no such thing names nothing in this template',
    ])
    expect(({} as Record<string, unknown>)['Handler']).to.equal(undefined)
    expect(problems).to.deep.equal([])
  })

  it('lists functions of whatever shape, and says which pattern is no JSON', async () => {
    const part = await read('hostile', 'shapes.template')
    expect(part.functions.map(({ id }) => id)).to.deep.equal(['C', 'D', 'E', 'F', 'K'])
    expect(problemsOf(part, 'hostile').some((text) => /^shapes.template:12 A pattern is no JSON: /.test(text))).to.equal(true)
  })

  it('bounds how deep and how far references, loops and stacks lead', async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'ef-sam-'))
    const chain = Array.from(
      { length: 3000 },
      (_, i) => `  Q${i}: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub '\${Q${i + 1}}\${Q${i + 1}}'}}`,
    )
    const conditions = Array.from({ length: 3000 }, (_, i) => `  C${i}: !Not [!Condition C${i + 1}]`)
    const loops = Array.from({ length: 8 }, (_, i) => `{'Fn::ForEach::L${i}': [V${i}, !Ref Many, `).join('')
    const list = Array.from({ length: 60 }, (_, i) => `n${i}`).join(',')
    const text = [
      `AWSTemplateFormatVersion: '2010-09-09'`,
      `Parameters: {Many: {Type: CommaDelimitedList, Default: '${list}'}}`,
      'Conditions:',
      ...conditions,
      'Resources:',
      ...chain,
      `  Fn: {Type: AWS::Serverless::Function, Condition: C0, Properties: {InlineCode: x, Handler: !Ref Q0}}`,
      `  'Fn::ForEach::Out': [A, !Ref Many, ${loops}{}${']}'.repeat(8)}]`,
    ].join('\n')
    try {
      writeFileSync(path.join(root, 'template.yaml'), text)
      // A stack that nests ten of the next level, which nests ten ...
      const nest = (file: string) =>
        Array.from(
          { length: 10 },
          (_, i) => `S${i}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${file}}}`,
        ).join(', ')
      for (let level = 0; level < 9; level++)
        writeFileSync(path.join(root, `level${level}.yaml`), `Resources: {${nest(`level${level + 1}.yaml`)}}`)
      writeFileSync(path.join(root, 'level9.yaml'), 'Resources: {Fn: {Type: AWS::Lambda::Function}}')
      expect((await sam.read('template.yaml', { root, parameters: {} })).functions.map(({ id }) => id)).to.deep.equal(['Fn'])
      const many = await sam.read('level0.yaml', { root, parameters: {} })
      expect(many.problems.some(({ text: why }) => why.includes('more than 200 nested stacks'))).to.equal(true)
    } finally {
      rmSync(root, { recursive: true })
    }
  })

  it('reads a template of 10 MB within bounded memory', async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'ef-sam-'))
    const one = (i: number) =>
      `  F${i}:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.handler\n      CodeUri: .\n      Policies:\n        - S3ReadPolicy: {BucketName: !Ref Bucket}\n      Events:\n        Q: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}\n      Description: ${'x'.repeat(4000)}\n`
    const text = `Resources:\n  Bucket: {Type: AWS::S3::Bucket}\n  Queue: {Type: AWS::SQS::Queue}\n${Array.from({ length: 2400 }, (_, i) => one(i)).join('')}`
    try {
      writeFileSync(path.join(root, 'template.yaml'), text)
      expect(text.length).to.be.greaterThan(10_000_000)
      const before = process.memoryUsage().rss
      const { functions } = await sam.read('template.yaml', { root, parameters: {} })
      expect(functions).to.have.lengthOf(2400)
      expect(functions[2399]!.at.line).to.equal(4 + 2399 * 10)
      expect((process.memoryUsage().rss - before) / 2 ** 20).to.be.lessThan(400)
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})
