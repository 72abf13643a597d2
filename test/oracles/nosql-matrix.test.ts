import { expect } from 'chai'
import type { Json, JsonObject } from '#src/model/index.js'
import { nosqlInjection } from '#src/oracles/nosql-injection.js'
import { effect, HEAD, trial } from './trial-maker.js'

const find = (filter: JsonObject): JsonObject => ({ find: 'a', filter })
const match = (v: Json): Json => ({ $match: { email: v } })

/** Where the function put the value, and whether MongoDB obeys an operator there; by hand, from MongoDB's manual. */
const PLACES: Readonly<Record<string, readonly [obeyed: boolean, command: (v: Json) => JsonObject]>> = {
  'a field': [true, (v) => find({ email: v })],
  'a dotted field': [true, (v) => find({ 'profile.email': v })],
  'a field below $and': [true, (v) => find({ $and: [{ a: 1 }, { email: v }] })],
  'a field below $nor in $or': [true, (v) => find({ $or: [{ $nor: [{ email: v }] }] })],
  'behind $not': [true, (v) => find({ email: { $not: v } })],
  'an element': [true, (v) => find({ tags: { $elemMatch: v } })],
  'the second field of a count': [true, (v) => ({ count: 'a', query: { a: 'x', b: v } })],
  'distinct values': [true, (v) => ({ distinct: 'a', key: 'k', query: { b: v } })],
  'what is updated': [true, (v) => ({ update: 'a', updates: [{ q: { email: v }, u: { $set: { a: 1 } } }] })],
  'elements that are updated': [
    true,
    (v) => ({ update: 'a', updates: [{ q: { a: 1 }, u: { $set: { 'g.$[e].x': 1 } }, arrayFilters: [{ 'e.x': v }] }] }),
  ],
  'what is deleted': [true, (v) => ({ delete: 'a', deletes: [{ q: { email: v }, limit: 0 }] })],
  'what is found and modified': [true, (v) => ({ findAndModify: 'a', query: { email: v }, update: { $set: { a: 1 } } })],
  'the first stage': [true, (v) => ({ aggregate: 'a', pipeline: [match(v)] })],
  'a stage of a looked up pipeline': [
    true,
    (v) => ({ aggregate: 'a', pipeline: [{ $lookup: { from: 'b', pipeline: [match(v)], as: 'c' } }] }),
  ],
  'a stage of a facet': [true, (v) => ({ aggregate: 'a', pipeline: [{ $facet: { x: [match(v)] } }] })],
  'what is near': [
    true,
    (v) => ({ aggregate: 'a', pipeline: [{ $geoNear: { near: [1, 2], distanceField: 'd', query: { a: v } } }] }),
  ],
  'what a graph is searched for': [
    true,
    (v) => ({ aggregate: 'a', pipeline: [{ $graphLookup: { from: 'b', as: 'c', restrictSearchWithMatch: { a: v } } }] }),
  ],
  'what is compared by $eq': [false, (v) => find({ email: { $eq: v } })],
  'what is compared by $ne': [false, (v) => find({ email: { $ne: v } })],
  'one of several': [false, (v) => find({ email: { $in: [v] } })],
  'one of all': [false, (v) => find({ tags: { $all: [v] } })],
  'a member of a whole document': [false, (v) => find({ profile: { email: v } })],
  'what is set': [false, (v) => ({ update: 'a', updates: [{ q: { a: 1 }, u: { $set: { email: v } } }] })],
  'what is inserted': [false, (v) => ({ insert: 'a', documents: [{ email: v }] })],
  'what is added to an upsert': [false, (v) => ({ update: 'a', updates: [{ q: { a: 1 }, u: { $setOnInsert: { email: v } } }] })],
  'a constant of a stage': [false, (v) => ({ aggregate: 'a', pipeline: [{ $addFields: { a: { $literal: v } } }] })],
}

const OPERATORS = ['$ne', '$gt', '$gte', '$lt', '$lte', '$eq', '$regex']
/** Payloads that we send; others of the same family may be the user's. */
const PAYLOADS: Readonly<Record<string, string>> = { $ne: 'not-equal', $gt: 'greater', $regex: 'pattern' }
/** Nothing that is obeyed anywhere. */
const DATA: readonly Json[] = [HEAD, [HEAD], { eq: HEAD }, { ne: HEAD }, JSON.stringify({ $ne: HEAD }), `$ne:${HEAD}`]

function isWrong(command: JsonObject, payload: string, wanted: boolean): boolean {
  const seen = effect('aws', { service: 'mongodb', operation: Object.keys(command)[0]!, params: command })
  const injection = { ...trial({}).case.injection!, family: 'nosql-operators', payload, text: '' }
  return [...nosqlInjection.judge(trial({ case: { injection }, effects: [seen] }))].length > 0 !== wanted
}

describe('the table of filters of MongoDB', () => {
  const rows = Object.entries(PLACES).flatMap(([place, [obeyed, command]]) => [
    ...OPERATORS.map((name) => ({
      name: `${name} in ${place}`,
      payload: PAYLOADS[name] ?? '',
      wanted: obeyed,
      command: command({ [name]: HEAD }),
    })),
    ...DATA.map((value) => ({
      name: `${JSON.stringify(value)} in ${place}`,
      payload: 'not-equal',
      wanted: false,
      command: command(value),
    })),
    // A condition on a member of the element; a whole document everywhere else.
    {
      name: `a member in ${place}`,
      payload: 'not-equal',
      wanted: place === 'an element',
      command: command({ sub: { $ne: HEAD } }),
    },
  ])
  it('is large', () => expect(rows.length).to.be.at.least(150))
  it('is judged right nearly everywhere', () => {
    const wrong = rows.filter(({ command, payload, wanted }) => isWrong(command, payload, wanted)).map(({ name }) => name)
    expect(wrong.length / rows.length, wrong.join('; ')).to.be.below(0.02)
  })
})
