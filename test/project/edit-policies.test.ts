import { expect } from 'chai'
import type { Json, JsonObject, ProjectResource } from '#src/model/index.js'
import { editPolicies } from '#src/project/index.js'

const ORDERS = 'arn:aws:dynamodb:us-east-1:000000000000:table/Orders'
const table: ProjectResource = { id: 'Orders', type: 'AWS::DynamoDB::Table', name: 'Orders', properties: {} }
const allow = (Action: Json, Resource: Json = '*', more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const line = (text: string): number => text.split('\n').findIndex((one) => one.includes('HERE')) + 1

/** Changes the one policy whose line says HERE. */
function edited(text: string, before: readonly JsonObject[], after: readonly (readonly JsonObject[])[] | null): string {
  const change = { line: line(text), before: { Statement: before }, statements: after }
  const { text: made, refused } = editPolicies(text, [change], [table])
  expect(refused).to.deep.equal([null])
  return made
}

interface Case {
  readonly name: string
  readonly text: string
  readonly before: readonly JsonObject[]
  readonly after: readonly (readonly JsonObject[])[] | null
  /** The whole text, but for what `text` begins with. */
  readonly made: string
}

const HEAD = `Resources:
  Orders: { Type: AWS::DynamoDB::Table }
  Fn:
    Properties:
      Policies:
`
const CASES: readonly Case[] = [
  {
    name: 'takes actions out of a list, comments of others kept',
    text: `        - Statement: # HERE
          - Effect: Allow # why
            Action:
            # reading
            - dynamodb:GetItem # one
            - dynamodb:Scan # all
            # writing
            - dynamodb:PutItem
            Resource: !GetAtt Orders.Arn
`,
    before: [allow(['dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:PutItem'], ORDERS)],
    after: [[allow('dynamodb:PutItem', ORDERS)]],
    made: `        - Statement: # HERE
          - Effect: Allow # why
            Action:
            # reading
            # writing
            - dynamodb:PutItem
            Resource: !GetAtt Orders.Arn
`,
  },
  {
    name: 'spells a wildcard out, and the resource by reference',
    text: `        - Statement: # HERE
            - Effect: Allow
              Action: dynamodb:* # all of it
              Resource: "*"
`,
    before: [allow('dynamodb:*')],
    after: [[allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [ORDERS, `${ORDERS}/index/*`])]],
    made: `        - Statement: # HERE
            - Effect: Allow
              Action:
                - dynamodb:GetItem
                - dynamodb:PutItem # all of it
              Resource:
                - !GetAtt Orders.Arn
                - !Sub "\${Orders.Arn}/index/*"
`,
  },
  {
    name: 'keeps flow style, quotes and order',
    text: `        - Statement: # HERE
            - { Effect: Allow, Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'], Resource: ['a', 'b'] }
            - { Effect: Deny, Action: "s3:*", Resource: "c" }
`,
    before: [
      allow(['s3:GetObject', 's3:PutObject', 's3:ListBucket'], ['a', 'b']),
      { Effect: 'Deny', Action: 's3:*', Resource: 'c' },
    ],
    after: [[allow(['s3:GetObject', 's3:ListBucket'], 'a')], [{ Effect: 'Deny', Action: 's3:*', Resource: 'c' }]],
    made: `        - Statement: # HERE
            - { Effect: Allow, Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['a'] }
            - { Effect: Deny, Action: "s3:*", Resource: "c" }
`,
  },
  {
    name: 'takes a statement out, and splits another',
    text: `        - Statement: # HERE
            # gone
            - Sid: Gone
              Effect: Allow
              Action: sqs:*
              Resource: "*"
            - Sid: Data
              Effect: Allow
              # both
              Action: [dynamodb:GetItem, dynamodb:Query]
              Resource: [!GetAtt Orders.Arn, !Sub "\${Orders.Arn}/index/*"]
              Condition: { Bool: { aws:SecureTransport: true } }
`,
    before: [
      allow('sqs:*', '*', { Sid: 'Gone' }),
      allow(['dynamodb:GetItem', 'dynamodb:Query'], [ORDERS, `${ORDERS}/index/*`], { Sid: 'Data' }),
    ],
    after: [
      [],
      [
        allow('dynamodb:GetItem', ORDERS, { Sid: 'Data' }),
        allow('dynamodb:Query', [ORDERS, `${ORDERS}/index/*`], { Sid: 'Data2' }),
      ],
    ],
    made: `        - Statement: # HERE
            # gone
            - Sid: Data
              Effect: Allow
              # both
              Action: [dynamodb:GetItem]
              Resource: [!GetAtt Orders.Arn]
              Condition: { Bool: { aws:SecureTransport: true } }
            - Sid: Data2
              Effect: Allow
              Action: [dynamodb:Query]
              Resource: [!GetAtt Orders.Arn, !Sub "\${Orders.Arn}/index/*"]
              Condition: { Bool: { aws:SecureTransport: true } }
`,
  },
  {
    name: 'makes a list of the one statement that is split',
    text: `        - Statement: # HERE
            Effect: Allow
            Action: [a:b, a:c]
            Resource: [x, y]
`,
    before: [allow(['a:b', 'a:c'], ['x', 'y'])],
    after: [[allow('a:b', 'x'), allow('a:c', 'y')]],
    made: `        - Statement: # HERE
            - Effect: Allow
              Action: [a:b]
              Resource: [x]
            - Effect: Allow
              Action: [a:c]
              Resource: [y]
`,
  },
  {
    name: 'takes a policy out of several',
    text: `        # the first
        - Statement: # HERE
            - { Effect: Allow, Action: a:b, Resource: "*" }
        - Statement: [{ Effect: Allow, Action: a:c, Resource: "*" }]
`,
    before: [allow('a:b')],
    after: null,
    made: `        # the first
        - Statement: [{ Effect: Allow, Action: a:c, Resource: "*" }]
`,
  },
  {
    name: 'leaves an anchor where it is, and copies no second one',
    text: `        - Statement: # HERE
            - Effect: Allow
              Action: &reads [a:b, a:c]
              Resource: &all [x, y]
            - Effect: Deny
              Action: a:*
              Resource: *all
`,
    before: [allow(['a:b', 'a:c'], ['x', 'y']), { Effect: 'Deny', Action: 'a:*', Resource: ['x', 'y'] }],
    after: [[allow('a:b', ['x', 'y'])], [{ Effect: 'Deny', Action: 'a:*', Resource: ['x', 'y'] }]],
    made: `        - Statement: # HERE
            - Effect: Allow
              Action: &reads [a:b]
              Resource: &all [x, y]
            - Effect: Deny
              Action: a:*
              Resource: *all
`,
  },
  {
    name: 'overrules what a merged mapping brings',
    text: `        - Statement: # HERE
            - <<: *base
              Resource: x
`,
    before: [allow(['a:b', 'a:c'], 'x')],
    after: [[allow('a:b', 'x')]],
    made: `        - Statement: # HERE
            - <<: *base
              Resource: x
              Action:
                - a:b
`,
  },
  {
    name: 'names the actions that stay of an exception',
    text: `        - Statement: # HERE
            - Effect: Allow
              NotAction: iam:*
              Resource: '*'
`,
    before: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    after: [[allow(['a:b', 'a:c'], 'x')]],
    made: `        - Statement: # HERE
            - Effect: Allow
              Action:
                - a:b
                - a:c
              Resource: 'x'
`,
  },
]

const BASE = 'Base: &base { Effect: Allow, Action: [a:b, a:c] }\n'

describe('an edit of a template', () => {
  for (const { name, text, before, after, made } of CASES) {
    const head = text.includes('*base') ? BASE + HEAD : HEAD
    it(name, () => expect(edited(head + text, before, after)).to.equal(head + made))
    it(`${name}, on Windows`, () => {
      const windows = (one: string): string => one.replaceAll('\n', '\r\n')
      expect(edited(windows(head + text), before, after)).to.equal(windows(head + made))
    })
  }

  it('keeps the lines of JSON, and its commas', () => {
    const json = (statements: JsonObject[]): string =>
      JSON.stringify(
        { Resources: { P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: statements } } } } },
        null,
        2,
      )
    const before = [allow(['a:b', 'a:c', 'a:d'], ['x', 'y']), allow(['e:f'])]
    const after = [[allow(['a:b'], ['x', 'y'])], []]
    const text = json(before)
    const change = { line: 3, before: { Statement: before }, statements: after }
    const { text: made, refused } = editPolicies(text, [change], [])
    expect(refused).to.deep.equal([null])
    expect(made).to.equal(json([allow(['a:b'], ['x', 'y'])]))
  })

  it('empties the statements of a service', () => {
    const text =
      'provider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: a:b\n          Resource: "*"\nfunctions: {}\n'
    const change = { line: 5, before: { Statement: [allow('logs:x'), allow('a:b')] }, statements: [[allow('logs:x')], []] }
    const made = editPolicies(text, [change], []).text
    expect(made).to.equal('provider:\n  name: aws\n  iam:\n    role:\n      statements: []\nfunctions: {}\n')
  })

  // what the text says, statements before and after, a part of the reason
  const REFUSED: readonly (readonly [string, string, JsonObject[], JsonObject[][] | null, string])[] = [
    [
      'a SAM policy template',
      '        - DynamoDBReadPolicy: { TableName: x } # HERE\n',
      [allow('a:b')],
      [[]],
      'no statements of its own',
    ],
    [
      'statements under conditions',
      '        - Statement: # HERE\n            - !If [A, { Effect: Allow, Action: a:b, Resource: x }, !Ref AWS::NoValue]\n            - { Effect: Allow, Action: a:c, Resource: x }\n',
      [allow('a:c', 'x')],
      [[]],
      'Conditions decide',
    ],
    ['statements of another place', '        - Statement: *base # HERE\n', [allow('a:b')], [[allow('a:c')]], 'stand elsewhere'],
    ['a text that is no YAML', '        - Statement: [ # HERE\n', [allow('a:b')], [[]], 'neither YAML nor JSON'],
  ]
  for (const [what, text, before, after, why] of REFUSED) {
    it(`is refused for ${what}`, () => {
      const whole = BASE + HEAD + text
      const change = { line: line(whole), before: { Statement: before }, statements: after }
      const { text: made, refused } = editPolicies(whole, [change], [])
      expect(refused[0]).to.include(why)
      expect(made).to.equal(whole)
    })
  }
})
