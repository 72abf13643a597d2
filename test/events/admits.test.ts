import { expect } from 'chai'
import { sources } from '#src/events/index.js'
import { caseMaker } from '#src/generate/index.js'
import type { Json, SourceId, Trigger } from '#src/model/index.js'

/** A trigger, what every event of it must satisfy, and how many of the templates and samples must get through. */
const TRIGGERS: readonly (readonly [string, SourceId, Trigger, (event: never) => boolean])[] = [
  [
    'a queue filtered by a field of the body',
    'sqs',
    { filters: [{ body: { type: ['order', 'refund'], amount: [{ numeric: ['>', 10] }] } }] },
    (event: { Records: { body: string }[] }) =>
      event.Records.every(({ body }) => ['order', 'refund'].includes(JSON.parse(body).type) && JSON.parse(body).amount > 10),
  ],
  [
    'a queue filtered by a message attribute',
    'sqs',
    { filters: [{ messageAttributes: { kind: { stringValue: [{ prefix: 'v2-' }] } } }] },
    (event: { Records: { messageAttributes: { kind: { stringValue: string } } }[] }) =>
      event.Records.every(({ messageAttributes }) => messageAttributes.kind.stringValue.startsWith('v2-')),
  ],
  [
    'a stream filtered by operation and attributes',
    'dynamodb-stream',
    {
      keys: { pk: 'S' },
      filters: [{ eventName: ['MODIFY'], dynamodb: { NewImage: { pk: { S: [{ prefix: 'ORDER#' }] }, paid: { BOOL: [true] } } } }],
    },
    (event: { Records: { eventName: string; dynamodb: { NewImage: { pk: { S: string }; paid: { BOOL: boolean } } } }[] }) =>
      event.Records.every(
        ({ eventName, dynamodb }) =>
          eventName === 'MODIFY' && dynamodb.NewImage.pk.S.startsWith('ORDER#') && dynamodb.NewImage.paid.BOOL,
      ),
  ],
  [
    'a bucket that tells of some objects',
    's3',
    { s3Events: ['s3:ObjectCreated:Put'], keyPrefix: 'in box/', keySuffix: '.csv' },
    (event: { Records: { eventName: string; s3: { object: { key: string } } }[] }) =>
      event.Records.every(({ eventName, s3 }) => eventName === 'ObjectCreated:Put' && /^in\+box\/.*\.csv$/s.test(s3.object.key)),
  ],
  [
    'a route with a request validator',
    'apigw-v1',
    {
      routes: ['POST /orders'],
      validators: {
        'POST /orders': {
          required: ['querystring.tenant', 'header.X-Trace'],
          body: {
            type: 'object',
            required: ['sku', 'count'],
            properties: { sku: { type: 'string', pattern: '^[a-z]{2}-\\d+$' }, count: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
    (event: { headers: Record<string, string>; queryStringParameters: Record<string, string>; body: string }) =>
      event.queryStringParameters['tenant'] !== undefined &&
      event.headers['X-Trace'] !== undefined &&
      ((event.headers['Content-Type'] ?? 'application/json') !== 'application/json' ||
        (/^[a-z]{2}-\d+$/.test(JSON.parse(event.body).sku) && JSON.parse(event.body).count >= 1)),
  ],
]

describe('what the owner’s configuration lets through', () => {
  for (const [what, id, trigger, holds] of TRIGGERS) {
    it(`is all that is made for ${what}`, () => {
      const maker = caseMaker(sources.find((source) => source.id === id)!, trigger, 1)
      const templates = maker.templates(['sku', 'status'])
      const drafts = [...templates, ...maker.samples(1, 50)]
      const made = drafts.map((draft, i) => maker.render(draft, i)).filter((one) => one !== undefined)
      expect(made.length, 'most honest events are deliverable').to.be.greaterThan(drafts.length * 0.8)
      const edges = templates.flatMap((draft) => [...maker.boundaries(draft)]).map((draft, i) => maker.render(draft, 1_000 + i))
      expect(edges.filter((one) => one !== undefined).length, 'edges too').to.be.greaterThan(0)
      expect(edges.filter((one) => one === undefined).length, 'but not all of them').to.be.greaterThan(0)
      for (const one of [...made, ...edges]) {
        if (one !== undefined) expect(holds(JSON.parse(one.steps[0]!.text) as never), one.steps[0]!.text).to.equal(true)
      }
    })
  }

  it('is everything when nothing is configured', () => {
    for (const source of sources) {
      const maker = caseMaker(source, {}, 1)
      const drafts = maker.templates([])
      expect(drafts.map((draft, i) => maker.render(draft, i) as unknown as Json)).to.not.include(undefined)
    }
  })
})
