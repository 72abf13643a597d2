import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { generate } from '#src/commands/generate.js'
import { sources } from '#src/events/index.js'
import { inconsistent, negatives, sampleWires } from '#src/generate/index.js'
import { type Json, type JsonObject, SOURCE_IDS } from '#src/model/index.js'
import { readPointer } from '../events/read-pointer.js'
import { validatorOf } from '../events/validator.js'

const labelsOf = (
  stage: 'inconsistent' | 'malformed' | 'negative' | 'sequence',
  source: (typeof SOURCE_IDS)[number],
  count: number,
) => [...generate({ source, stage, count, seed: 2 })].map(({ events, labels }) => ({ events, label: labels[0] ?? '' }))

/** `direct` takes any JSON: nothing about it can be broken. */
const STRICT = sources.filter(({ id }) => id !== 'direct')

describe('negative events', () => {
  for (const source of STRICT) {
    it(`of ${source.id} are all invalid, and say of one place what is wrong with it`, () => {
      const valid = validatorOf(source.id)
      const wires = sampleWires(source, {}, 5, 1)
      const keywords = new Set<string>()
      for (const wire of wires) {
        const event = JSON.parse(JSON.stringify(source.toEvent(wire, {}))) as Json
        expect(valid(event)).to.equal(true)
        for (const { event: broken, keyword, pointer, label } of negatives(source.schema, event)) {
          expect(valid(broken), label).to.equal(false)
          const told = (valid.errors ?? []).some(
            (error) => error.keyword === keyword && error.instancePath === pointer.replaceAll('~2', '#'),
          )
          expect(told, `${label}: ${JSON.stringify(valid.errors)}`).to.equal(true)
          keywords.add(keyword)
        }
      }
      expect(keywords).to.include.keys(['type', 'required'])
    })
  }

  /** One object with a keyword of each kind; the judge sees one error a time, at the place that the label names. */
  const SCHEMA: JsonObject = {
    type: 'object',
    required: ['name', 'count'],
    additionalProperties: false,
    properties: {
      name: { type: 'string', minLength: 2, maxLength: 5, pattern: '^[a-z]*$' },
      count: { type: 'integer', minimum: 1, maximum: 9 },
      kind: { enum: ['a', 'b'] },
      tags: { type: 'array', minItems: 1, maxItems: 2, uniqueItems: true, items: { type: 'string' } },
      map: {
        type: 'object',
        minProperties: 1,
        maxProperties: 2,
        propertyNames: { pattern: '^[a-z]+$' },
        additionalProperties: { type: 'null' },
      },
      choice: {
        anyOf: [
          { type: 'object', properties: { of: { const: 'x' }, n: { type: 'integer' } }, required: ['of', 'n'] },
          { type: 'null' },
        ],
      },
    },
  }
  const event: Json = { name: 'abc', count: 5, kind: 'a', tags: ['x'], map: { a: null }, choice: { of: 'x', n: 1 } }
  const made = [...negatives(SCHEMA, event)]

  it('break what a condition asks of this event, and not what it asks of others', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: { kind: { type: 'string' }, list: { type: 'array' } },
      if: { properties: { kind: { const: 'last' } } },
      ...(JSON.parse('{"then":{"properties":{"list":{"maxItems":0}}}}') as JsonObject),
      else: { required: ['kind'], properties: { list: { minItems: 1 } } },
    }
    const labels = (event: Json) => [...negatives(schema, event)].map(({ label }) => label)
    expect(labels({ kind: 'other', list: [1] })).to.include('violates minItems at /list (1 -> 0)')
    expect(labels({ kind: 'other', list: [1] }).join()).to.not.include('maxItems')
    expect(labels({ kind: 'last', list: [] })).to.include('violates maxItems at /list (0 -> 1)')
  })

  it('break every keyword that the schema has, at its place', () => {
    const sites = new Set(made.map(({ keyword, pointer }) => `${keyword} ${pointer}`))
    expect(sites).to.include.keys([
      'type ',
      'required ',
      'additionalProperties ',
      'type /name',
      'minLength /name',
      'maxLength /name',
      'pattern /name',
      'minimum /count',
      'maximum /count',
      'enum /kind',
      'minItems /tags',
      'uniqueItems /tags',
      'maxProperties /map',
      'minProperties /map',
      'propertyNames /map',
      'type /map/a',
      'required /choice',
      'const /choice/of',
      'type /choice/n',
    ])
  })
  it('break nothing else: outside of a choice there is one error, that one', () => {
    const check = new Ajv2020({ allErrors: true, strict: false }).compile(SCHEMA)
    for (const { event: broken, keyword, pointer, label } of made) {
      expect(check(broken), label).to.equal(false)
      if (pointer.startsWith('/choice') || keyword === 'propertyNames') continue
      expect(
        check.errors!.map((error) => `${error.keyword} ${error.instancePath}`),
        label,
      ).to.deep.equal([`${keyword} ${pointer}`])
    }
  })
  it('are said in words', () => {
    const labels = made.map(({ label }) => label)
    expect(labels).to.include('violates minLength at /name (3 -> 1)')
    expect(labels).to.include('violates required at the event (name is missing)')
    expect(labels).to.include('violates minimum at /count (5 -> 0)')
  })
  it('tell of keywords that cannot be broken alone, since another says the same', () => {
    const told: string[] = []
    const schema: JsonObject = { type: 'object', properties: { path: { type: 'string', minLength: 1, pattern: '^/' } } }
    const some = [...negatives(schema, { path: '/a' }, ({ keyword, pointer }) => void told.push(`${keyword} ${pointer}`))]
    expect(told).to.deep.equal(['minLength /path'])
    expect(some.map(({ keyword }) => keyword))
      .to.include('pattern')
      .and.not.include('minLength')
  })
})

describe('inconsistent events', () => {
  const RELATIONS: readonly (readonly [(typeof SOURCE_IDS)[number], string])[] = [
    ['sqs', '/Records/0/md5OfBody does not agree with /Records/0/body'],
    ['apigw-v1', '/requestContext/path does not agree with /path'],
    ['apigw-v1', '/multiValueHeaders does not agree with /headers'],
    ['apigw-v2', '/requestContext/http/path does not agree with /rawPath'],
    ['apigw-v2', '/queryStringParameters does not agree with /rawQueryString'],
    ['function-url', '/requestContext/http/path does not agree with /rawPath'],
  ]
  for (const [source, label] of RELATIONS) {
    it(`of ${source}: ${label}; all is valid by itself`, () => {
      const valid = validatorOf(source)
      const made = labelsOf('inconsistent', source, 40)
      expect(made.map((one) => one.label)).to.include(label)
      for (const { events } of made) expect(valid(JSON.parse(events[0]!))).to.equal(true)
    })
  }
  it('differ from the valid event in one field', () => {
    const source = sources.find(({ id }) => id === 'sqs')!
    const [wire] = sampleWires(source, {}, 1, 1)
    const event = source.toEvent(wire!, {})
    const [first] = [...inconsistent(source.schema, event)]
    expect(readPointer(first!.event, '/Records/0/md5OfBody'))
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(readPointer(event, '/Records/0/md5OfBody'))
    expect(readPointer(first!.event, '/Records/0/body')).to.equal(readPointer(event, '/Records/0/body'))
  })
})

describe('malformed events', () => {
  const CARRIERS = [
    'apigw-v1',
    'apigw-v2',
    'function-url',
    'alb',
    'apigw-websocket',
    'sqs',
    'sns',
    'kinesis',
    'kafka',
    'firehose',
    'cloudwatch-logs',
  ] as const
  for (const source of CARRIERS) {
    it(`of ${source} are events all the same: what is malformed stands inside a string`, () => {
      const valid = validatorOf(source)
      const made = labelsOf('malformed', source, 21)
      expect(new Set(made.map(({ label }) => label.replace(/.* is /, ''))).size).to.be.at.least(15)
      for (const { events } of made) expect(valid(JSON.parse(events[0]!))).to.equal(true)
    })
  }
  it('are not what JSON.parse reads, or not as their author meant it', () => {
    const bodies = labelsOf('malformed', 'sqs', 21).map(({ events, label }) => ({
      label,
      body: String(readPointer(JSON.parse(events[0]!) as Json, '/Records/0/body')),
    }))
    const read = bodies.filter(({ body }) => {
      try {
        JSON.parse(body)
        return true
      } catch {
        return false
      }
    })
    const SURPRISING = /a key twice|lone surrogate|without end|deep/
    for (const { label } of read) expect(label).to.match(SURPRISING)
    expect(read).to.have.lengthOf(4)
  })
})

describe('malformed bodies', () => {
  for (const source of ['apigw-v1', 'apigw-v2', 'function-url', 'alb'] as const) {
    it(`of ${source} may be bytes that are no text`, () => {
      const bytes = labelsOf('malformed', source, 60)
        .filter(({ label }) => label.startsWith('the body is no UTF-8'))
        .map(({ events }) => JSON.parse(events[0]!) as { body: string; isBase64Encoded: boolean })
      expect(bytes).to.have.length.of.at.least(3)
      for (const { body, isBase64Encoded } of bytes) {
        expect(isBase64Encoded).to.equal(true)
        expect(Buffer.from(body, 'base64').toString('utf8')).to.include('\ufffd')
      }
    })
  }
})

describe('sequences', () => {
  for (const source of SOURCE_IDS) {
    it(`of ${source} hand over the same event again, and those of two senders in turns`, () => {
      const made = labelsOf('sequence', source, 60)
      const twice = made.find(({ label }) => label === 'the same event twice')!
      expect(twice.events).to.have.lengthOf(2)
      expect(twice.events[0]).to.equal(twice.events[1])
      const turns = made.find(({ label }) => label === 'two senders in turns')!
      expect(turns.events.map((text) => turns.events.indexOf(text))).to.deep.equal(
        turns.events[0] === turns.events[1] ? [0, 0, 0, 0] : [0, 1, 0, 1],
      )
    })
  }
  it('of a queue deliver again with a rising count, and in another order', () => {
    const made = labelsOf('sequence', 'sqs', 200)
    const again = made.find(({ label }) => label.includes('rising'))!
    const counts = again.events.map((text) =>
      readPointer(JSON.parse(text) as Json, '/Records/0/attributes/ApproximateReceiveCount'),
    )
    expect(counts).to.deep.equal(['1', '2', '3'])
    const order = made.find(({ label }) => label === 'the records in another order')!
    const ids = order.events.map((text) =>
      (JSON.parse(text) as { Records: { messageId: string }[] }).Records.map(({ messageId }) => messageId),
    )
    expect(ids[1]).to.deep.equal([...ids[0]!].reverse())
  })
  it('of a REST API have header names in both spellings', () => {
    const both = labelsOf('sequence', 'apigw-v1', 60).find(({ label }) => label.includes('HTTP/2'))!
    const names = both.events.map((text) => Object.keys((JSON.parse(text) as { headers: object }).headers))
    expect(names[0]).to.include('User-Agent')
    expect(names[1]).to.deep.equal(names[0]!.map((name) => name.toLowerCase()))
  })
  it('of an API have the same request in both formats', () => {
    const both = labelsOf('sequence', 'apigw-v1', 60).find(({ label }) => label.includes('format 2.0'))!
    expect(both.events.map((text) => (JSON.parse(text) as { version?: string }).version)).to.deep.equal([undefined, '2.0'])
  })
})
