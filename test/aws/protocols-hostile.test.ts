import { expect } from 'chai'
import fc from 'fast-check'
import { type ServiceModel, serviceModels } from '#src/aws/models/model.js'
import type { AwsRequest } from '#src/aws/request.js'
import { createTargetAws, respond } from '#src/aws/respond.js'

// What readers trip over: own names of Object.prototype, depth, broken documents and escapes, huge numbers, odd indexes
const SCRAPS = [
  '{"__proto__":{"x":1},"constructor":null}',
  '{"a":'.repeat(60),
  '[[[[1]]]]',
  'null',
  '1e999',
  '"\\ud800"',
  '<a><__proto__>x</__proto__></a>',
  '<a'.repeat(50),
  '&Filter.1.Value.99999999=x&Filter.-1=y&Tag..=z&member.1.member.1=w',
  '&__proto__.member.1.__proto__=1',
  '%zz%00%ff',
  '\u0000\u001b]0;x\u0007',
  'bf616100ff',
]

const scrap = fc.oneof(fc.constantFrom(...SCRAPS), fc.string({ maxLength: 30 }), fc.json({ maxDepth: 4 }))
const anyOperation = fc
  .constantFrom(...serviceModels())
  .chain((model) => fc.constantFrom(...model.operationNames).map((operation) => ({ model, operation })))

/** A request to an operation in its own protocol, with scraps wherever the client may put something. */
function requestTo(model: ServiceModel, operation: string, body: string, other: string): AwsRequest {
  const { http } = model.operation(operation)!
  const [template = '/', fixed = ''] = (http?.uri ?? '/').split('?')
  const form = model.protocol === 'query' || model.protocol === 'ec2'
  const json = model.protocol.startsWith('json')
  const query = new URLSearchParams(fixed)
  query.append(other, body)
  return {
    method: http?.method ?? 'POST',
    host: `${model.endpoint}.eu-west-1.amazonaws.com`,
    path: template.replace(/\{\w+\+?\}/g, () => encodeURI(other.toWellFormed()) || 'x'),
    query: form ? new URLSearchParams() : query,
    headers: {
      ...(json ? { 'x-amz-target': `${model.target}.${operation}` } : {}),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      'x-amz-meta-__proto__': other,
      range: other,
      'content-encoding': body.length % 2 === 0 ? 'aws-chunked' : other,
    },
    body: Buffer.from(form ? `Action=${operation}${body}` : body),
    aborted: false,
  }
}

describe('a hostile request in any protocol', () => {
  it('is recorded and answered, and changes no prototype', function () {
    this.timeout(60_000)
    const aws = createTargetAws({ region: 'eu-west-1', account: '000000000000' }, [])
    fc.assert(
      fc.property(anyOperation, scrap, scrap, ({ model, operation }, body, other) => {
        const { call, answer } = respond(requestTo(model, operation, body, other), aws, 1)
        expect(call.service).to.match(/^[a-z0-9-]+$/)
        expect(call.operation).to.match(/^[A-Za-z0-9]+$/)
        expect(answer.status).to.be.within(200, 599)
        for (const value of Object.values(answer.headers)) expect(value).to.match(/^[\t\x20-\x7e\x80-\xff]*$/)
        JSON.stringify(call)
      }),
      { numRuns: 3000 },
    )
    expect(({} as Record<string, unknown>).x).to.equal(undefined)
  })

  it('takes time in proportion to its length', () => {
    const aws = createTargetAws({ region: 'eu-west-1', account: '000000000000' }, [])
    const kms = serviceModels().find(({ id }) => id === 'KMS')!
    const ec2 = serviceModels().find(({ id }) => id === 'EC2')!
    const s3 = serviceModels().find(({ id }) => id === 'S3')!
    const long: readonly (readonly [ServiceModel, string, string])[] = [
      [kms, 'Encrypt', '['.repeat(2_000_000)],
      [kms, 'Encrypt', `{"Plaintext":"${'A'.repeat(2_000_000)}"}`],
      [ec2, 'DescribeInstances', Array.from({ length: 4000 }, (_, i) => `&Filter.${i}.Value.${i}=x`).join('')],
      [s3, 'DeleteObjects', `<Delete>${'<Object><Key>k</Key></Object>'.repeat(50_000)}</Delete>`],
      [s3, 'PutObject', '1\r\n'.repeat(500_000)],
    ]
    for (const [model, operation, body] of long) {
      const started = performance.now()
      respond(requestTo(model, operation, body, 'x'), aws, 1)
      expect(performance.now() - started, operation).to.be.lessThan(3000)
    }
  })
})
