import path from 'node:path'
import { expect } from 'chai'
import type { ProjectFunction, ProjectTrigger, Trigger } from '#src/model/index.js'
import { targetOf, triggersLeftOut } from '#src/project/target-of.js'
import { project } from './reading.js'

const trigger = (kind: string, settings: Trigger = {}): ProjectTrigger => ({ kind, trigger: settings, at: null })

const fn = (root: string, ...triggers: readonly ProjectTrigger[]): ProjectFunction => ({
  id: 'Fn',
  name: null,
  at: { file: path.join(root, 'template.yaml'), line: 1 },
  code: root,
  handler: 'app.handler',
  entry: null,
  inline: null,
  runtime: 'nodejs22.x',
  timeoutMs: null,
  memoryMb: null,
  environment: {},
  triggers,
  role: null,
  layers: [],
  destinations: [],
  unresolved: [],
})

const FILTER = { body: { kind: ['a'] } }
const OTHER = { body: { kind: ['b'] } }

describe('several triggers of one function', () => {
  for (const [what, triggers, expected, leftOut] of [
    [
      'queues alike: the filters of both',
      [trigger('sqs', { resource: 'a', filters: [FILTER] }), trigger('sqs', { resource: 'b', filters: [OTHER] })],
      { sqs: { resource: 'a', filters: [FILTER, OTHER] } },
      [],
    ],
    [
      'queues alike, one without a filter: it takes everything',
      [trigger('sqs', { resource: 'a', filters: [FILTER] }), trigger('sqs', { resource: 'b' })],
      { sqs: { resource: 'a' } },
      [],
    ],
    [
      'queues that differ: the first, and it is said',
      [
        trigger('sqs', { resource: 'a.fifo', fifo: true, filters: [FILTER] }),
        trigger('sqs', { resource: 'b', batchSize: 1, reportBatchItemFailures: true }),
      ],
      { sqs: { resource: 'a.fifo', fifo: true, filters: [FILTER] } },
      ['of its sqs triggers only a.fifo is tried: b is set up in another way'],
    ],
    [
      'buckets with prefixes of their own: no key of neither',
      [trigger('s3', { resource: 'a', keyPrefix: 'x/' }), trigger('s3', { resource: 'b', keyPrefix: 'y/' })],
      { s3: { resource: 'a', keyPrefix: 'x/' } },
      ['of its s3 triggers only a is tried: b is set up in another way'],
    ],
    [
      'APIs: the routes of both, and nothing of authorizers that differ',
      [
        trigger('apigw-v2', { routes: ['GET /a'], authorizer: 'jwt' }),
        trigger('apigw-v2', { routes: ['GET /b'], authorizer: 'none' }),
      ],
      { 'apigw-v2': { routes: ['GET /a', 'GET /b'] } },
      [],
    ],
    [
      'APIs with the same authorizer: it is known',
      [
        trigger('apigw-v1', { routes: ['GET /a'], authorizer: 'iam' }),
        trigger('apigw-v1', { routes: ['GET /b'], authorizer: 'iam' }),
      ],
      { 'apigw-v1': { routes: ['GET /a', 'GET /b'], authorizer: 'iam' } },
      [],
    ],
    [
      'one whose events cannot be made: it is said',
      [trigger('sqs', { resource: 'a' }), trigger('mq', { resource: 'broker' })],
      { sqs: { resource: 'a' } },
      ['its events of mq cannot be made yet'],
    ],
  ] as const) {
    it(what, () => {
      const root = project({ 'app.mjs': 'export const handler = async () => {}' })
      const made = targetOf(fn(root, ...triggers), root)
      expect('why' in made ? made.why : made.triggers).to.deep.equal(expected)
      expect(triggersLeftOut(fn(root, ...triggers))).to.deep.equal(leftOut)
    })
  }

  it('of which none can be made: why', () => {
    const root = project({ 'app.mjs': '' })
    expect(targetOf(fn(root, trigger('mq'), trigger('iot')), root)).to.deep.equal({ why: 'events of mq, iot cannot be made yet' })
    expect(targetOf(fn(root, trigger('direct')), root))
      .to.have.property('why')
      .that.matches(/nothing in the template triggers it/)
    const gone = { ...fn(root, trigger('sqs')), handler: 'gone.handler' }
    expect(targetOf(gone, root)).to.include({ missed: true })
  })
})
