import { expect } from 'chai'
import { reachedPoints } from '#src/campaign/reach.js'
import type { Effect, Json, Outcome } from '#src/model/index.js'
import { effect, HEAD, returned, trial } from '../oracles/trial-maker.js'

const aws = (service: string, params: { readonly [key: string]: Json }): Effect =>
  effect('aws', { service, operation: 'Do', params, api: `${service}:Do` })

/** What was seen, and as what the marker in it is known. */
const SEEN: readonly (readonly [what: string, kinds: readonly string[], effects: readonly Effect[], outcome?: Outcome])[] = [
  ['a key of a table', ['aws'], [aws('dynamodb', { Key: { pk: { S: HEAD } } })]],
  ['the text of an expression', ['aws', 'expression'], [aws('dynamodb', { FilterExpression: `${HEAD} = :v` })]],
  ['the values of an expression', ['aws'], [aws('dynamodb', { ExpressionAttributeValues: { ':v': { S: HEAD } } })]],
  ['a statement', ['aws', 'statement'], [aws('rds-data', { sql: `SELECT '${HEAD}'` })]],
  ['a message of JSON', ['aws', 'json'], [aws('sqs', { MessageBody: `{"a":"${HEAD}"}` })]],
  ['a message of text', ['aws'], [aws('sqs', { MessageBody: `a ${HEAD}` })]],
  ['a mail', ['aws', 'mail'], [aws('ses', { Message: { Body: { Html: { Data: HEAD } } } })]],
  ['a list in upper case', ['aws', 'mail'], [aws('ses', { Destination: { ToAddresses: [HEAD.toUpperCase()] } })]],
  ['a page', ['html'], [], returned({ statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: HEAD })],
  ['an answer of JSON', [], [], returned({ statusCode: 200, body: HEAD })],
  ['a redirect', ['location'], [], returned({ statusCode: 302, headers: { Location: `/${HEAD}` } })],
  ['a cookie', ['header'], [], returned({ statusCode: 200, cookies: [`a=${HEAD}`] })],
]

describe('what honest data is seen to reach', () => {
  for (const [what, kinds, effects, outcome] of SEEN) {
    it(`${what}: ${kinds.join(', ') || 'nothing'}`, () => {
      const seen = reachedPoints(trial({ effects, ...(outcome && { outcome }) })).get('/query/q/0') ?? []
      expect([...new Set(seen.map(({ kind }) => kind))]).to.deep.equal(kinds)
    })
  }
})
