import { expect } from 'chai'
import { apigwV1 } from '#src/events/apigw-v1.js'
import { apigwV2 } from '#src/events/apigw-v2.js'
import { caseMaker } from '#src/generate/index.js'
import type { Json, JsonObject } from '#src/model/index.js'

const service = {
  requestId: 'r',
  timeEpoch: 1_767_225_600_000,
  sourceIp: '192.0.2.1',
  apiId: 'a1b2c3d4e5',
  stage: 'prod',
  accountId: '000000000000',
}
const request = (changes: JsonObject): Json => ({
  route: 'ANY /{proxy+}',
  method: 'GET',
  path: '/',
  pathParameters: {},
  query: {},
  headers: {},
  userAgent: 'test',
  cookies: {},
  body: { kind: 'none' },
  service,
  ...changes,
})
const v1 = (changes: JsonObject) => apigwV1.toEvent(request(changes), {}) as JsonObject
const v2 = (changes: JsonObject) =>
  apigwV2.toEvent(request({ service: { ...service, stage: '$default' }, ...changes }), {}) as JsonObject

describe('apigw-v2: payload format 2.0', () => {
  it('joins duplicates by commas', () => {
    const event = v2({ query: { a: ['1', '2'], b: ['x y'] }, headers: { 'x-a': ['1', '2'] } })
    expect(event['queryStringParameters']).to.deep.equal({ a: '1,2', b: 'x y' })
    expect(event['rawQueryString']).to.equal('a=1&a=2&b=x%20y')
    expect(event['headers']).to.include({ 'x-a': '1,2' })
  })
  it('omits what is absent', () => {
    expect(v2({})).to.not.have.any.keys(
      'cookies',
      'queryStringParameters',
      'body',
      'stageVariables',
      'multiValueHeaders',
      'multiValueQueryStringParameters',
    )
  })
  it('writes header names in lower case and keeps cookies apart', () => {
    const event = v2({ headers: { 'X-Id': ['1'] }, cookies: { a: '1', b: '2; c=3' } })
    expect(event['headers']).to.include({ 'x-id': '1' }).and.not.have.property('cookie')
    expect(event['cookies']).to.deep.equal(['a=1', 'b=2', 'c=3'])
  })
  it('decodes the path, which ends at a decoded question mark', () => {
    const event = v2({ route: 'GET /files/{name}', pathParameters: { name: 'a b/é%?c' } })
    expect(event['rawPath']).to.equal('/files/a b/é%')
    expect(event['pathParameters']).to.deep.equal({ name: 'a b/é%?c' })
    expect((event['requestContext'] as JsonObject)['http']).to.include({ path: '/files/a b/é%' })
  })
  it('knows the stage in the path, and the greedy parameter', () => {
    const event = v2({ path: '/a/b', service })
    expect(event).to.deep.include({ rawPath: '/prod/a/b', routeKey: 'ANY /{proxy+}', pathParameters: { proxy: 'a/b' } })
  })
  // Measured on AWS: https://github.com/ministackorg/ministack/pull/766
  it('hands over text, JSON, XML and JavaScript as they are, and all else in base64, forms too', () => {
    expect(v2({ body: { kind: 'binary', text: 'é' } })).to.include({ body: 'w6k=', isBase64Encoded: true })
    expect(v2({ body: { kind: 'form', fields: { a: 'x y&z' } } })).to.include({ body: 'YT14K3klMjZ6', isBase64Encoded: true })
    for (const type of ['text/csv', 'application/json; charset=utf-8', 'Application/XML', 'application/javascript'])
      expect(v2({ headers: { 'content-type': [type] }, body: { kind: 'text', text: 'a' } })).to.include({ body: 'a' })
    for (const type of ['image/png', 'application/jsonl', 'application/vnd.api+json'])
      expect(v2({ headers: { 'content-type': [type] }, body: { kind: 'text', text: 'a' } })).to.include({ body: 'YQ==' })
  })
  it('carries an uploaded file and bytes that are no text', () => {
    const sent = v2({ body: { kind: 'multipart', name: 'file', filename: '../a"b', text: 'x' } })
    const text = Buffer.from(String(sent['body']), 'base64').toString()
    expect((sent['headers'] as JsonObject)['content-type']).to.equal('multipart/form-data; boundary=eventfuzz-part')
    expect(text).to.match(/^--eventfuzz-part\r\nContent-Disposition: form-data; name="file"; filename="..\/a"b"\r\n/)
    expect(text).to.match(/\r\n\r\nx\r\n--eventfuzz-part--\r\n$/)
    expect(v2({ body: { kind: 'bytes', base64: 'wK8=' } })).to.include({ body: 'wK8=', isBase64Encoded: true })
    expect((v2({ body: { kind: 'bytes', base64: 'wK8=' } })['headers'] as JsonObject)['content-length']).to.equal('2')
  })
  it('counts bytes, not signs, and agrees with itself', () => {
    const event = v2({ body: { kind: 'json', value: { a: 'é' } }, userAgent: 'me' })
    expect(event['headers']).to.include({ 'content-length': '10', 'content-type': 'application/json', 'user-agent': 'me' })
    expect((event['requestContext'] as JsonObject)['http']).to.include({ userAgent: 'me' })
    expect(v2({ userAgent: undefined as never })['headers']).to.not.have.property('user-agent')
  })
})

describe('apigw-v1: payload format 1.0', () => {
  it('says null where there is nothing', () => {
    expect(v1({ route: 'GET /items' })).to.include({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
    })
  })
  it('holds the last of several values, and all of them', () => {
    const event = v1({ query: { a: ['1', '2'] }, headers: { 'x-a': ['1', '2'] } })
    expect(event).to.deep.include({ queryStringParameters: { a: '2' }, multiValueQueryStringParameters: { a: ['1', '2'] } })
    expect(event['headers']).to.include({ 'X-A': '2' })
    expect(event['multiValueHeaders']).to.deep.include({ 'X-A': ['1', '2'] })
  })
  it('takes names that differ in case for one header', () => {
    expect(v1({ headers: { 'x-a': ['1'], 'X-a': ['2'] } })['multiValueHeaders']).to.deep.include({ 'X-A': ['1', '2'] })
  })
  it('keeps the path encoded and the parameters decoded', () => {
    const event = v1({ route: 'GET /files/{name}', pathParameters: { name: 'a b/é' } })
    expect(event).to.deep.include({ path: '/files/a%20b%2F%C3%A9', resource: '/files/{name}', pathParameters: { name: 'a b/é' } })
    expect(event['requestContext']).to.include({ path: '/prod/files/a%20b%2F%C3%A9', resourcePath: '/files/{name}' })
  })
  it('keeps cookies in their header', () =>
    expect(v1({ cookies: { a: '1', b: '2' } })['headers']).to.include({ Cookie: 'a=1; b=2' }))
  it('has a null user agent when the client sends none', () => {
    expect(
      ((v1({ userAgent: undefined as never })['requestContext'] as JsonObject)['identity'] as JsonObject)['userAgent'],
    ).to.equal(null)
  })
})

describe('what HTTP does not carry', () => {
  for (const source of [apigwV1, apigwV2]) {
    const maker = caseMaker(source, {}, 1)
    const text = (changes: JsonObject) => JSON.stringify(source.toEvent(request(changes), {}))
    const rendered = (changes: JsonObject) =>
      maker.render({ surface: 'delivered', stage: 'hostile', wire: request(changes), placed: null, base: null, labels: [] }, 1)

    for (const value of ['a\r\nb', 'a\nb', 'a\0b', 'a\u007fb', 'a\u001bb']) {
      it(`${source.id} refuses ${JSON.stringify(value)} in a header, a cookie and the user agent`, () => {
        expect(rendered({ headers: { 'x-a': [value] } })).to.equal(undefined)
        expect(rendered({ cookies: { a: value } })).to.equal(undefined)
        expect(rendered({ userAgent: value })).to.equal(undefined)
        expect(rendered({ query: { a: [value] }, body: { kind: 'json', value } })).to.not.equal(undefined)
      })
    }
    it(`${source.id} trims header values`, () => expect(text({ headers: { 'x-a': ['\t a b '] } })).to.include('"a b"'))
    it(`${source.id} makes lone surrogates replacement characters, except in JSON text`, () => {
      const event = text({
        query: { q: ['\ud800'] },
        headers: { 'x-a': ['\ud800'] },
        cookies: { c: '\ud800' },
        route: 'GET /a/{b}',
        pathParameters: { b: '\ud800' },
        userAgent: '\ud800',
      })
      expect(event).to.include('\ufffd').and.not.include('\\ud800')
      expect(text({ body: { kind: 'text', text: '\ud800' } })).to.not.include('\\ud800')
      expect(text({ body: { kind: 'json', value: '\ud800' } })).to.include('\\\\ud800')
    })
    it(`${source.id} keeps __proto__ a name like any other`, () => {
      const event = text({ query: JSON.parse('{"__proto__":["1"]}') as Json, headers: JSON.parse('{"__proto__":["2"]}') as Json })
      expect(event).to.match(/"queryStringParameters":\{"__proto__":"1"\}/)
      expect(Object.keys((JSON.parse(event) as { headers: object }).headers)).to.include('__proto__')
    })
  }
})

describe('an HTTP recipe', () => {
  const line = (changes: JsonObject) => apigwV2.recipe(request({ route: '$default', ...changes }), {})[0]
  it('is a curl command', () => {
    expect(
      line({
        method: 'POST',
        path: '/a',
        query: { q: ['x y'] },
        headers: { 'x-a': ["it's"] },
        body: { kind: 'json', value: { a: 1 } },
      }),
    ).to.equal(
      `curl --path-as-is -X POST -H 'x-a: it'\\''s' -A test -H 'content-type: application/json' --data-raw '{"a":1}' "$BASE"'/a?q=x%20y'`,
    )
  })
  it('stays on one line', () =>
    expect(line({ method: 'POST', body: { kind: 'text', text: "a\nb'\\\u2028" } })).to.include(
      "--data-raw $'a\\nb\\'\\\\\\u2028'",
    ))
})
