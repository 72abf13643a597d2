import { expect } from 'chai'
import type { JsonObject, ProjectResource } from '#src/model/index.js'
import { tablesOf } from '#src/project/tables.js'

const table = (properties: JsonObject, type = 'AWS::DynamoDB::Table'): ProjectResource => ({
  id: 'T',
  type,
  name: 't',
  properties,
})
const keys = (...names: string[]) => names.map((AttributeName, i) => ({ AttributeName, KeyType: i === 0 ? 'HASH' : 'RANGE' }))
const typed = (types: Record<string, string>) =>
  Object.entries(types).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }))

const whole = {
  KeySchema: keys('pk', 'sk').reverse(),
  AttributeDefinitions: typed({ pk: 'S', sk: 'N', owner: 'S' }),
  GlobalSecondaryIndexes: [
    { IndexName: 'by-owner', KeySchema: keys('owner'), Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] } },
  ],
}

describe('tables of a project', () => {
  it('gives keys, types and indexes', () => {
    expect(tablesOf([table(whole)])).to.deep.equal({
      t: {
        keys: ['pk', 'sk'],
        types: { pk: 'S', sk: 'N', owner: 'S' },
        indexes: { 'by-owner': { keys: ['owner'], global: true, projected: ['a'] } },
      },
    })
  })

  it('gives the keys alone where an index is missing, or a type', () => {
    const { GlobalSecondaryIndexes: _indexes, ...missing } = whole
    expect(tablesOf([table(missing)])).to.deep.equal({ t: ['pk', 'sk'] })
    expect(tablesOf([table({ KeySchema: keys('pk') })])).to.deep.equal({ t: ['pk'] })
  })

  it('knows the key of a SimpleTable', () => {
    const id = tablesOf([table({}, 'AWS::Serverless::SimpleTable')])
    const number = tablesOf([table({ PrimaryKey: { Name: 'n', Type: 'Number' } }, 'AWS::Serverless::SimpleTable')])
    expect([id, number]).to.deep.equal([
      { t: { keys: ['id'], types: { id: 'S' }, indexes: {} } },
      { t: { keys: ['n'], types: { n: 'N' }, indexes: {} } },
    ])
  })

  it('passes over what has no keys, and other resources', () => {
    expect(tablesOf([table({}), table({}, 'AWS::SQS::Queue')])).to.deep.equal({})
  })
})
