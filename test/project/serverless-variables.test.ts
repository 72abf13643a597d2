// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of serverless.yml.
import { expect } from 'chai'
import { serverless } from '#src/project/serverless.js'
import { functionOf, project, readAll } from './reading.js'

/** What a variable becomes, with a text where it has none. */
const TABLE: readonly (readonly [variable: string, expected: string | undefined, note?: string])[] = [
  ['plain', 'plain'],
  ['${self:custom.name}', 'orders'],
  ['a-${self:custom.name}-${self:custom.list.1}', 'a-orders-two'],
  ['${self:service}', 'shop'],
  ['${self:service.name}', 'shop'],
  ['${self:custom.nested}', 'orders-dev'],
  ['${self:custom.${self:custom.which}}', 'orders'],
  ['${sls:stage}', 'dev'],
  ['${self:provider.stage}', 'dev'],
  ['${opt:stage}', 'dev'],
  ["${opt:stage, 'beta'}", 'beta'],
  ["${opt:color, 'red'}", 'red'],
  ['${opt:color, self:custom.name}', 'orders'],
  ['${opt:color, ${self:custom.name}}', 'orders'],
  ["${opt:color, env:COLOR, 'blue'}", 'blue'],
  ['${opt:given}', 'by-user'],
  ['${env:HOME}', undefined, '${env:HOME} is not given'],
  ['${env:SET}', 'set'],
  ["${env:HOME, 'none'}", 'none'],
  ['${param:limit}', '5'],
  ['${param:size}', '10'],
  ['${aws:accountId}/${aws:region}', '000000000000/us-east-1'],
  ['${file(values.yml):a.b}', 'deep'],
  ['${file(./values.json):x}', 'json'],
  ['${file(text.txt)}', 'hello'],
  ["${file(missing.yml):a, 'else'}", 'else'],
  ['${file(missing.yml):a}', undefined, 'it does not exist'],
  ['${file(../outside.yml):a}', undefined, 'outside the project'],
  ['${file(conf.js):a}', undefined, 'is a program'],
  ['${ssm:/path/x}', undefined, '${ssm:/path/x} is not known before deployment'],
  ["${ssm:/path/x, 'later'}", 'later'],
  ['${cf:stack.Output}', undefined, 'not known before deployment'],
  ['${cf(eu-west-1):stack.Output}', undefined, 'not known before deployment'],
  ['${git:sha1}', undefined, 'not known before deployment'],
  ['${self:custom.missing}', undefined, 'has no value'],
  ['${self:custom.loop}', undefined, 'leads back to itself'],
  ['${self:custom.number}', '7'],
  ['${strToBool(true)}', 'true'],
  ['\\${self:custom.name}', '\\${self:custom.name}'],
  ['${Table}-${AWS::Region}', '${Table}-${AWS::Region}'],
  ['${self:custom.name', '${self:custom.name'],
]

describe('serverless.yml: variables', () => {
  const variables = TABLE.map(([variable], index) => `      V${index}: ${JSON.stringify(variable)}`)
  const root = () =>
    project({
      'serverless.yml': `service: shop
provider: { name: aws, runtime: nodejs20.x }
params:
  default: { limit: 5, size: 1 }
  dev: { size: 10 }
custom:
  name: orders
  nested: \${self:custom.name}-\${sls:stage}
  which: name
  list: [one, two]
  number: 7
  loop: \${self:custom.loop2}
  loop2: \${self:custom.loop}
functions:
  f:
    handler: f.h
    environment:
${variables.join('\n')}
`,
      'values.yml': 'a: { b: deep }',
      'values.json': '{"x": "json"}',
      'text.txt': 'hello',
      'conf.js': 'throw 1',
    })

  for (const [index, [variable, expected, note]] of TABLE.entries())
    it(`${variable} is ${expected ?? 'not known'}`, async () => {
      const f = functionOf(await readAll(serverless, root(), { given: 'by-user', SET: 'set' }), 'f')
      expect(f.environment[`V${index}`]).to.equal(expected)
      if (note !== undefined)
        expect(f.unresolved.filter((each) => each.startsWith(`environment V${index}:`)).join()).to.contain(note)
    })

  it('takes the stage that the user gives', async () => {
    const part = await readAll(
      serverless,
      project({
        'serverless.yml': 'service: s\nprovider: { name: aws, stage: "${opt:stage, \'x\'}" }\nfunctions: { f: { handler: f.h } }',
      }),
      { stage: 'prod' },
    )
    expect(functionOf(part, 'f').name).to.equal('s-prod-f')
  })
})
