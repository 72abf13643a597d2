import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { sourceOf, sources } from '#src/events/index.js'
import { caseMaker } from '#src/generate/index.js'
import {
  canariesIn,
  canaryParts,
  type Draft,
  type InsertionPoint,
  type Json,
  type JsonObject,
  type Payload,
  type PayloadFamily,
  type SourceId,
} from '#src/model/index.js'

const ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false })
const TAG = 77

const family = (payload: Payload): PayloadFamily => ({
  schemaVersion: 1,
  id: 'family',
  name: 'A family',
  classes: ['INJ-CMD-SH'],
  cwe: ['CWE-78'],
  sources: [],
  at: [],
  encodings: [],
  rules: ['command-injection'],
  safety: { level: 'inert', allowRemote: true },
  remediation: 'None at all.',
  payloads: [payload],
})

/** The template of a source with one payload at one wire pointer. */
function placed(id: SourceId, wire: string, payload: Omit<Payload, 'id'>, change: (draft: Draft) => Draft = (draft) => draft) {
  const maker = caseMaker(sourceOf(id), {}, TAG)
  const draft = change(maker.templates([])[0]!)
  const point = maker.points(draft).find((one) => one.wire === wire)
  const full: Payload = { id: 'payload', ...payload }
  return { maker, draft: point === undefined ? undefined : maker.place(draft, point, family(full), full) }
}

const inKey =
  (key: string) =>
  (draft: Draft): Draft => ({
    ...draft,
    wire: { ...(draft.wire as JsonObject), objects: [{ ...(draft.wire as { objects: [JsonObject] }).objects[0], key }] },
  })
const keyOf = (text: string): string =>
  decodeURIComponent(
    (JSON.parse(text) as { Records: [{ s3: { object: { key: string } } }] }).Records[0].s3.object.key.replaceAll('+', ' '),
  )

describe('placing a payload', () => {
  it('stands between head and tail, inside what the leaf held', () => {
    const { maker, draft } = placed('s3', '/objects/0/key', { value: ';id;', control: '-id-' }, inKey('uploads/{{canary}}.jpg'))
    const made = maker.render(draft!, 1)!
    const { head, tail } = made.injection!
    expect(keyOf(made.steps[0]!.text)).to.equal(`uploads/${head};id;${tail}.jpg`)
    expect(keyOf(maker.render(maker.control(draft!), 1)!.steps[0]!.text)).to.equal(`uploads/${head}-id-${tail}.jpg`)
  })
  it('keeps signs that a replacement pattern would read', () => {
    const { maker, draft } = placed('s3', '/objects/0/key', { value: "$&$'$`$$", control: '-' }, inKey('a/{{canary}}.b'))
    const made = maker.render(draft!, 1)!
    expect(keyOf(made.steps[0]!.text)).to.equal(`a/${made.injection!.head}$&$'$\`$$${made.injection!.tail}.b`)
  })
  it('stands alone where it says so', () => {
    const { maker, draft } = placed(
      's3',
      '/objects/0/key',
      { value: '../{{canary}}', control: 'x/{{canary}}', position: 'replace' },
      inKey('uploads/{{canary}}.jpg'),
    )
    const made = maker.render(draft!, 1)!
    expect(keyOf(made.steps[0]!.text)).to.equal(`../${made.injection!.head}`)
  })
  it('stands alone without a marker too: a name is no name any more between two of them', () => {
    const payload = { value: '__proto__', control: 'plain', position: 'replace' } as const
    const { maker, draft } = placed('s3', '/objects/0/key', payload, inKey('uploads/{{canary}}.jpg'))
    expect(keyOf(maker.render(draft!, 1)!.steps[0]!.text)).to.equal('__proto__')
    expect(keyOf(maker.render(maker.control(draft!), 1)!.steps[0]!.text)).to.equal('plain')
  })
  it('has markers of its own in every case, and says which case they name', () => {
    const { maker, draft } = placed('s3', '/objects/0/key', { value: '{{canary.a}}{{canary.b}}{{n1}}', control: '-' })
    const [one, two] = [1, 2].map((number) => maker.render(draft!, number)!)
    const { head, tail, joined } = one!.injection!
    const [start, a, b, end, ...more] = canariesIn(keyOf(one!.steps[0]!.text))
    expect([start, end, more]).to.deep.equal([head, tail, []])
    expect(`${a}${b}`).to.equal(joined)
    expect(canaryParts(head)).to.include({ tag: TAG, caseNumber: 1 })
    expect(two!.injection!.head).to.not.equal(head)
  })
  it('is a JSON value inside JSON only', () => {
    const body = (draft: Draft): Draft => ({
      ...draft,
      wire: {
        ...(draft.wire as JsonObject),
        messages: [
          { ...(draft.wire as { messages: [JsonObject] }).messages[0], body: { kind: 'json', value: { id: '{{canary}}' } } },
        ],
      },
    })
    const { maker, draft } = placed(
      'sqs',
      '/messages/0/body/value/id',
      { value: { a: ['{{canary}}'] }, control: '{{canary}}', position: 'replace' },
      body,
    )
    const event = JSON.parse(maker.render(draft!, 1)!.steps[0]!.text) as { Records: [{ body: string }] }
    expect(JSON.parse(event.Records[0].body)).to.have.nested.property('id.a').that.is.an('array')
    expect(placed('s3', '/objects/0/key', { value: { a: 1 }, control: 'x', position: 'replace' }).draft).to.equal(undefined)
  })
  it('adds keys to an object that the sender fills, __proto__ among them; its twin takes them away', () => {
    const { maker, draft } = placed('sqs', '/messages/0/body/value', {
      value: JSON.parse('{"__proto__":{"{{canary}}":1}}') as Json,
      control: { plain: { '{{canary}}': 1 } },
      position: 'key',
    })
    const body = (one: Draft) =>
      (JSON.parse(maker.render(one, 1)!.steps[0]!.text) as { Records: [{ body: string }] }).Records[0].body
    const { head } = maker.render(draft!, 1)!.injection!
    expect(body(draft!)).to.equal(`{"__proto__":{"${head}":1}}`)
    expect(body(maker.control(draft!))).to.equal(`{"plain":{"${head}":1}}`)
    expect(({} as Record<string, unknown>)[head]).to.equal(undefined)
  })
  it('is a key in an object and a value in a leaf', () => {
    const at = (pointer: string, payload: Omit<Payload, 'id'>) => placed('sqs', pointer, payload).draft
    const key = { value: { a: 1 }, control: { b: 1 }, position: 'key' } as const
    expect(at('/messages/0/body/value', key)).to.not.equal(undefined)
    expect(at('/messages/0/body/value', { value: 'x', control: 'y' })).to.equal(undefined)
    expect(placed('s3', '/objects/0/key', key).draft).to.equal(undefined)
  })
  it('is refused where its family says so', () => {
    const maker = caseMaker(sourceOf('s3'), {}, TAG)
    const draft = maker.templates([])[0]!
    const point = maker.points(draft)[0] as InsertionPoint
    const payload: Payload = { id: 'p', value: 'x', control: 'y' }
    const fits = (change: Partial<PayloadFamily>) =>
      maker.place(draft, point, { ...family(payload), ...change }, payload) !== undefined
    expect(fits({})).to.equal(true)
    expect(fits({ sources: ['sqs'] })).to.equal(false)
    expect(fits({ at: ['/objects/*/key'] })).to.equal(true)
    expect(fits({ at: ['/query'] })).to.equal(false)
    expect(fits({ encodings: ['s3-key-url'] })).to.equal(true)
    expect(fits({ encodings: ['header'] })).to.equal(false)
  })
  it('never removes what holds the payload', () => {
    const filled = (draft: Draft): Draft => ({
      ...draft,
      wire: { ...(draft.wire as JsonObject), query: { a: ['{{canary}}'], b: ['{{canary}}'] } },
    })
    const { maker, draft } = placed('apigw-v2', '/query/a/0', { value: ';', control: '-' }, filled)
    const free = maker.removable(draft!)
    expect(free).to.include('/query/b').and.not.include.members(['/query/a'])
    expect(maker.render(maker.without(draft!, free), 1)!.steps[0]!.text).to.include('queryStringParameters":{"a"')
  })
})

describe('render', () => {
  const undeliverable: readonly (readonly [SourceId, string, string])[] = [
    ['apigw-v2', '/userAgent', 'a\r\nb: c'],
    ['apigw-v1', '/userAgent', 'a\0b'],
    ['authorizer-token', '/token/value', 'a\nb'],
    ['authorizer-token', '/token/value', '\ud800'],
    ['sqs', '/messages/0/body/text', 'a\0b'],
    ['sqs', '/messages/0/body/text', '\ud800'],
    ['sqs', '/messages/0/body/text', ''],
    ['dynamodb-stream', '/changes/0/keys/id/S', '\udc00'],
  ]
  for (const [id, pointer, text] of undeliverable) {
    it(`refuses ${JSON.stringify(text)} at ${pointer} of ${id}, which the service would not deliver`, () => {
      const maker = caseMaker(sourceOf(id), {}, TAG)
      const drafts = maker.templates([]).filter((draft) => maker.points(draft).some((point) => point.wire === pointer))
      expect(drafts).to.not.be.empty
      for (const draft of drafts) {
        const point = maker.points(draft).find((one) => one.wire === pointer)!
        expect(maker.render(maker.withValue(draft, point, 'fine'), 1)).to.not.equal(undefined)
        expect(maker.render(maker.withValue(draft, point, text), 1)).to.equal(undefined)
      }
    })
  }
})

describe('boundaries', () => {
  for (const source of sources) {
    it(`of ${source.id} are valid, one leaf at a time, and deliverable or refused`, () => {
      const maker = caseMaker(source, {}, TAG)
      const check = ajv.compile({ ...source.schema, $id: `${source.id}-boundary` })
      let rendered = 0
      let all = 0
      for (const draft of maker.templates(['id', 'name'])) {
        for (const edge of maker.boundaries(draft)) {
          all++
          expect(edge).to.include({ stage: 'boundary', surface: source.surface ?? 'delivered' })
          expect(edge.labels).to.have.lengthOf(1)
          const made = maker.render(edge, 1)
          if (made === undefined) continue
          rendered++
          expect(check(JSON.parse(made.steps[0]!.text)) ? null : check.errors).to.equal(null)
        }
      }
      expect(rendered).to.be.at.least(10)
      expect(rendered, `${rendered} of ${all}`).to.be.greaterThan(0.8 * all)
    })
  }
})

describe('poisoned batches', () => {
  it('stand between good records, with ids of their own', () => {
    const maker = caseMaker(sourceOf('sqs'), {}, TAG)
    const [draft, ...more] = maker.poisoned(maker.templates([])[0]!)
    expect(more).to.not.be.empty
    const { Records } = JSON.parse(maker.render(draft!, 1)!.steps[0]!.text) as { Records: { messageId: string; body: string }[] }
    expect(new Set(Records.map(({ messageId }) => messageId)).size).to.equal(3)
    expect(Records.map(({ body }) => body === Records[0]!.body)).to.deep.equal([true, false, true])
    expect(draft!.stage).to.equal('sequence')
  })
  it('are not made of sources that deliver no batch', () => {
    const maker = caseMaker(sourceOf('s3'), {}, TAG)
    expect(maker.poisoned(maker.templates([])[0]!)).to.deep.equal([])
  })

  it('sends a number that the code compares with as text where only text can be sent', () => {
    const maker = caseMaker(sourceOf('apigw-v2'), {}, TAG)
    const draft = maker.supply(maker.templates([])[0]!, '/queryStringParameters/page', '{{canary}}')!
    const point = maker.points(draft).find(({ wire }) => wire.startsWith('/query/page'))!
    const made = maker.render(maker.withValue(draft, point, 255), 1)!
    expect((JSON.parse(made.steps[0]!.text) as { queryStringParameters: object }).queryStringParameters).to.deep.equal({
      page: '255',
    })
  })
})
