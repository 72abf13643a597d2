import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import fc from 'fast-check'
import { readTemplate } from '#src/project/cfn/index.js'
import { lineOf, lineOfNode, loadYaml, YamlError } from '#src/project/yaml.js'
import { THOROUGH } from '../thorough.js'

const FIXTURES = fileURLToPath(new URL('../../test/project/fixtures', import.meta.url))
const valueOfText = (text: string) => loadYaml(text).value

const VALUES: readonly (readonly [string, unknown])[] = [
  ['CodeUri: .', { CodeUri: '.' }],
  ['AttributeType: N', { AttributeType: 'N' }],
  ['Version: 2012-10-17', { Version: '2012-10-17' }],
  ['a: yes', { a: 'yes' }],
  ['a: 012345678901', { a: '012345678901' }],
  ['a: 1_000', { a: '1_000' }],
  ['a: -12', { a: -12 }],
  ['a: 1.5', { a: 1.5 }],
  ['a: 1e3', { a: '1e3' }],
  ['a: true', { a: true }],
  ['a: ~', { a: null }],
  ['a: 1\na: 2', { a: 2 }],
  ['b: &b {x: 1}\na: {<<: *b, y: 2}', { b: { x: 1 }, a: { x: 1, y: 2 } }],
  ['a: !Ref B', { a: { Ref: 'B' } }],
  ['a: !Condition B', { a: { Condition: 'B' } }],
  ['a: !GetAtt A.B.C', { a: { 'Fn::GetAtt': ['A', 'B.C'] } }],
  ['a: !GetAtt [A, B]', { a: { 'Fn::GetAtt': ['A', 'B'] } }],
  ['a: !Sub [x, {b: !Ref C}]', { a: { 'Fn::Sub': ['x', { b: { Ref: 'C' } }] } }],
  ['a: !FindInMap {b: 1}', { a: { 'Fn::FindInMap': { b: 1 } } }],
  ['a: !!binary aGk=', { a: 'aGk=' }],
  ['a: !!timestamp 2026-01-01', { a: '2026-01-01' }],
  ['\uFEFF{"a": 1}', { a: 1 }],
  ['{\n\t"a": "\\ud83d\\ude00\\/"\n}', { a: '😀/' }],
  ['', undefined],
]

const REFUSED: readonly (readonly [string, number | null, RegExp])[] = [
  ['a: [1\nb: 2', 2, /missed comma/],
  ['a: *nobody', 1, /unidentified alias/],
  ['a: 1\n---\nb: 2', null, /single document/],
  ['a: &a [*a]', 1, /holds itself/],
  ['['.repeat(5000), 1, /nesting|depth/i],
  [`{"a": ${'['.repeat(5000)}${']'.repeat(5000)}}`, null, /too deeply/],
  [`x: &x {${Array.from({ length: 5000 }, (_, i) => `k${i}: 1`).join(', ')}}\ny: {<<: [${'*x,'.repeat(2000)}]}`, 2, /merge/],
  ['x'.repeat(17 << 20), null, /larger than 16 MiB/],
]

describe('loading YAML', () => {
  for (const [text, value] of VALUES) {
    it(JSON.stringify(text), () => {
      expect(valueOfText(text)).to.deep.equal(value)
    })
  }

  for (const [text, line, message] of REFUSED) {
    it(`refuses ${JSON.stringify(text.slice(0, 30))} with its line`, () => {
      expect(() => loadYaml(text))
        .to.throw(YamlError, message)
        .with.property('line', line)
    })
  }

  it('keeps a key __proto__ as a key', () => {
    const value = valueOfText('__proto__: {a: 1}') as object
    expect(Object.keys(value)).to.deep.equal(['__proto__'])
    expect('a' in value).to.equal(false)
  })

  it('knows the lines of mappings and lists, tagged and not', () => {
    const value = valueOfText('a:\n  b: !Sub\n    - x\n  c:\n    - d: 1\n    -\n      e: 2\n') as {
      a: { b: object; c: readonly object[] }
    }
    expect([value.a, value.a.b, ...value.a.c].map(lineOfNode)).to.deep.equal([1, 2, 5, 7])
    expect(lineOfNode({})).to.equal(null)
    expect(lineOfNode('x')).to.equal(null)
  })

  it('knows the line at a path, in YAML and JSON', () => {
    const yaml = 'a:\n  b: 1\n  c:\n    - d: 1\n      e: 2\n'
    expect(lineOf(yaml, ['a', 'c', 0, 'e'])).to.equal(5)
    expect(lineOf(yaml, ['a', 'b'])).to.equal(2)
    expect(lineOf(yaml, ['a', 'nothing'])).to.equal(1)
    expect(lineOf('{\n "a": {\n  "b": 1\n }\n}', ['a', 'b'])).to.equal(3)
  })
})

describe('any template at all', () => {
  const key = fc.constantFrom(
    ...[
      'Type',
      'Properties',
      'Events',
      'Policies',
      'Ref',
      'Fn::Sub',
      'Fn::GetAtt',
      'Fn::If',
      'Fn::Join',
      'Fn::ForEach::X',
      'Role',
      'Code',
      'CodeUri',
    ],
    ...[
      'Handler',
      'Environment',
      'Variables',
      'Statement',
      'Queue',
      'Path',
      'Method',
      'Auth',
      'DefinitionBody',
      'paths',
      'Metadata',
      '__proto__',
      'A',
    ],
    ...[
      'FunctionName',
      'EventSourceArn',
      'Targets',
      'Pattern',
      'FilterCriteria',
      'Filters',
      'Connectors',
      'Condition',
      'Layers',
      'Fn::Transform',
    ],
  )
  const leaf = fc.oneof(
    fc.constantFrom(
      'A',
      'B',
      'A.Arn',
      'AWS::Serverless::Function',
      'AWS::Lambda::Function',
      'AWS::IAM::Role',
      'AWS::NoValue',
      '../x',
    ),
    fc.constantFrom(
      'SQS',
      'Api',
      'HttpApi',
      'S3',
      'Schedule',
      'AWS::Serverless::Api',
      'AWS::Events::Rule',
      'AWS::ApiGateway::Method',
    ),
    fc.constantFrom('A', 'A.Arn', 'Nowhere').map((name) => `\${${name}}`),
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.boolean(),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium' },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 6 }),
    ),
  }))
  const type = fc.constantFrom(
    'AWS::Serverless::Function',
    'AWS::Lambda::Function',
    'AWS::IAM::Role',
    'AWS::Serverless::Api',
    'AWS::Events::Rule',
  )
  const properties = fc.dictionary(key, tree, { maxKeys: 8 })
  const resources = fc.dictionary(
    fc.constantFrom('A', 'B', 'C', '__proto__'),
    fc.oneof(tree, fc.record({ Type: type, Properties: properties })),
  )

  const part = (value: unknown) =>
    readTemplate({ file: `${FIXTURES}/template.yaml`, text: '', value }, { root: FIXTURES, parameters: {} })

  it('is read without an exception', () => {
    const template = fc.record({
      Parameters: tree,
      Conditions: tree,
      Mappings: tree,
      Globals: tree,
      Resources: resources,
      Outputs: tree,
    })
    fc.assert(
      fc.property(template, (value) => {
        expect(JSON.parse(JSON.stringify(part(value)))).to.be.an('object')
      }),
      { seed: 20261122, numRuns: THOROUGH ? 2000 : 400 },
    )
  })

  for (const file of readdirSync(`${FIXTURES}/sam`).filter((name) => name.endsWith('.template'))) {
    it(`is read with anything in the place of a part of ${file}`, () => {
      const { value } = loadYaml(readFileSync(`${FIXTURES}/sam/${file}`, 'utf8'))
      const text = JSON.stringify(value)
      const places = text.match(/[{[,:]/g)!.length
      fc.assert(
        fc.property(fc.nat(places), fc.oneof(tree, properties), (place, other) => {
          expect(part(replaced(value, place, other)).functions).to.be.an('array')
        }),
        { seed: 20261122, numRuns: THOROUGH ? 300 : 80 },
      )
    })
  }
})

/** A copy with the n-th node, counted as JSON is written, replaced. */
function replaced(value: unknown, place: number, other: unknown): unknown {
  let left = place
  const visit = (node: unknown): unknown => {
    if (left-- === 0) return other
    if (Array.isArray(node)) return node.map(visit)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, visit(child)]))
  }
  return visit(value)
}
