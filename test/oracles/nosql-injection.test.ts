import { expect } from 'chai'
import type { Json, JsonObject } from '#src/model/index.js'
import { nosqlInjection } from '#src/oracles/nosql-injection.js'
import { effect, HEAD, TAIL, trial } from './trial-maker.js'

const OURS: Json = { $ne: HEAD }
const CODE = `${HEAD}'+globalThis.x+'${TAIL}`

/** Speaks of a payload that replaced a value (`family`), or stands in a text, in one command. */
const speaks = (params: JsonObject, family: string, service = 'mongodb'): boolean => {
  const command = effect('aws', { service, operation: Object.keys(params)[0]!, params })
  const injection = { ...trial({}).case.injection!, family, text: family === 'code-injection' ? "'+globalThis.x+'" : '' }
  return [...nosqlInjection.judge(trial({ case: { injection }, effects: [command] }))].length > 0
}

const OPERATORS: Readonly<Record<string, readonly [boolean, JsonObject]>> = {
  'a field': [true, { find: 'a', filter: { email: OURS } }],
  'a field of a field': [true, { find: 'a', filter: { 'profile.email': OURS } }],
  'a whole document': [false, { find: 'a', filter: { profile: { email: OURS } } }],
  'a field below $and': [true, { find: 'a', filter: { $and: [{ a: 1 }, { email: OURS }] } }],
  'a field below $nor in $or': [true, { find: 'a', filter: { $or: [{ $nor: [{ email: OURS }] }] } }],
  'an element': [true, { find: 'a', filter: { tags: { $elemMatch: OURS } } }],
  'the second of two fields': [true, { count: 'a', query: { a: 'x', b: OURS } }],
  'what is updated': [true, { update: 'a', updates: [{ q: { email: OURS }, u: { $set: { a: 1 } } }] }],
  'what is deleted': [true, { delete: 'a', deletes: [{ q: { a: 1 } }, { q: { email: OURS }, limit: 0 }] }],
  'what is found and modified': [true, { findAndModify: 'a', query: { email: OURS }, update: { $set: { a: 1 } } }],
  'the first stage': [true, { aggregate: 'a', pipeline: [{ $match: { email: OURS } }] }],
  'a stage inside a stage': [true, { aggregate: 'a', pipeline: [{ $lookup: { pipeline: [{ $match: { a: OURS } }] } }] }],
  'a bulk of writes': [true, { bulkWrite: 1, ops: [{ update: 0, filter: { a: OURS }, updateMods: { $set: { a: 1 } } }] }],
  'a value that the function compares with': [false, { find: 'a', filter: { email: { $eq: OURS } } }],
  'one of several values': [false, { find: 'a', filter: { email: { $in: [OURS] } } }],
  'a value of another operator': [false, { find: 'a', filter: { email: { $ne: OURS } } }],
  'the function’s own operator around more than the value': [false, { find: 'a', filter: { email: { $ne: `x${HEAD}` } } }],
  'a text': [false, { find: 'a', filter: { email: JSON.stringify(OURS) } }],
  'a document that is stored': [false, { insert: 'a', documents: [{ email: OURS }] }],
  'a document that has a filter of its own': [false, { insert: 'a', documents: [{ filter: { email: OURS } }] }],
  'a value that is set': [false, { update: 'a', updates: [{ q: { a: 1 }, u: { $set: { filter: { a: OURS } } } }] }],
  'a replacement': [false, { findAndModify: 'a', query: { a: 1 }, update: { query: { email: OURS } } }],
  'a filter without it': [false, { find: 'a', filter: { email: 'x' } }],
  'no filter': [false, { find: 'a' }],
}

const SCRIPTS: Readonly<Record<string, readonly [boolean, JsonObject]>> = {
  'a script that it leaves': [true, { find: 'a', filter: { $where: `this.a == '${CODE}'` } }],
  'a script as code': [true, { find: 'a', filter: { $where: { $code: `return this.a == '${CODE}'` } } }],
  'a function': [
    true,
    { aggregate: 'a', pipeline: [{ $set: 1 }, { $group: { a: { $function: { body: `f('${CODE}')`, args: [] } } } }] },
  ],
  'a script with it in one token': [false, { find: 'a', filter: { $where: `this.a == "${CODE}"` } }],
  'arguments of a function': [false, { find: 'a', filter: { $expr: { $function: { body: 'f(a)', args: [`f('${CODE}')`] } } } }],
  'a field that is called body': [false, { find: 'a', filter: { body: `f('${CODE}')` } }],
  'a text that is stored': [false, { insert: 'a', documents: [{ $where: `f('${CODE}')` }] }],
}

describe('nosql-injection', () => {
  for (const [name, [wanted, params]] of Object.entries(OPERATORS))
    it(`${wanted ? 'speaks of an operator that stands for' : 'is silent on one in'} ${name}`, () =>
      expect(speaks(params, 'nosql-operators')).to.equal(wanted))
  for (const [name, [wanted, params]] of Object.entries(SCRIPTS))
    it(`${wanted ? 'speaks of' : 'is silent on'} ${name}`, () => expect(speaks(params, 'code-injection')).to.equal(wanted))
  it('is silent on the same for another service', () =>
    expect(speaks({ find: 'a', filter: { email: OURS } }, 'nosql-operators', 'dynamodb')).to.equal(false))
  it('is silent where another payload was sent', () =>
    expect(speaks({ find: 'a', filter: { email: OURS } }, 'wrong-types')).to.equal(false))
})
