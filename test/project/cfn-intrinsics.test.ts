import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { ProjectFunction } from '#src/model/index.js'
import { readTemplate } from '#src/project/cfn/index.js'
import { loadYaml } from '#src/project/yaml.js'

const ROOT = '/nowhere/shop'

const fixture = (name: string): string => readFileSync(new URL(`../../test/project/fixtures/${name}`, import.meta.url), 'utf8')

const templateWith = (expression: string): string => fixture('intrinsics.template').replace('EXPRESSION', () => expression)

function read(text: string, parameters: Readonly<Record<string, string>> = {}): readonly ProjectFunction[] {
  return readTemplate({ file: `${ROOT}/template.yaml`, text, value: loadYaml(text).value }, { root: ROOT, parameters }).functions
}

const valueFor = (expression: string) => {
  const fn = read(templateWith(expression), { Given: 'given' }).find(({ id }) => id === 'Fn')!
  return fn.environment['X'] ?? fn.unresolved.at(-1) ?? null
}

/** What an environment variable is, by how the template writes it; null: it is left out without a word. */
const CASES = JSON.parse(fixture('intrinsics.json')) as readonly (readonly [string, string | null])[]

describe('intrinsics of CloudFormation', () => {
  for (const [expression, expected] of CASES) {
    it(`${expression} is ${expected}`, () => {
      expect(valueFor(expression)).to.equal(expected)
    })
  }

  it('lets conditions decide which resources exist, and says where they cannot', () => {
    const functions = read(templateWith('x'))
    expect(functions.map(({ id }) => id)).to.deep.equal(['Fn', 'Maybe'])
    expect(functions[1]!.unresolved[0]).to.equal('Condition Unknown cannot be decided: it may not exist')
    expect(read(templateWith('x'), { Stage: 'prod', Empty: 'y' }).map(({ id }) => id)).to.deep.equal(['Fn', 'Other'])
  })

  it('writes out Fn::ForEach', () => {
    const functions = read(fixture('for-each.template'))
    expect(functions.map(({ id, name, handler }) => `${id} ${name} ${handler}`)).to.deep.equal([
      'Fnax1 f-a-x-1 a',
      'Fnay f-a-y a',
      'Fnbx1 f-b-x-1 b',
      'Fnby f-b-y b',
    ])
  })

  it('merges Globals: mappings by key, lists one after the other, intrinsics not at all', () => {
    const [fn] = read(`
Globals:
  Function:
    Timeout: 5
    Environment: {Variables: {A: global, B: global}}
    Layers: [!Ref One]
    Tags: {a: b}
    Handler: !Sub global.handler
    MemorySize: !Sub '1'
Resources:
  One: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: .}}
  Fn: {Type: AWS::Serverless::Function, Properties: {CodeUri: ., MemorySize: 256, Environment: {Variables: {B: own}}, Handler: !Select [0, [own.handler]]}}
`)
    expect(fn).to.deep.include({ timeoutMs: 5000, memoryMb: 256, handler: 'own.handler', environment: { A: 'global', B: 'own' } })
  })
})
