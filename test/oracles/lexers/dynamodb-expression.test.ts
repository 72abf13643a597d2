import { expect } from 'chai'
import { leavesExpressionToken } from '#src/oracles/lexers/dynamodb-expression.js'
import { verdictsOnAnything } from './anything.js'
import { type Row, table } from './marked.js'

const ROWS: readonly Row[] = [
  ['«x» = :v', 'data'],
  ['«x1_y» = :v', 'data'],
  ['a_«x» = :v', 'data'],
  ['#«x» = :v', 'data'],
  ['#a = :«x»', 'data'],
  ['(«x» = :v)', 'data'],
  ['NOT «x» = :v', 'data'],
  ['attribute_exists(«x»)', 'data'],
  ['contains(a, :«x»)', 'data'],
  ['a.«x» = :v', 'data'],
  ['«x».a = :v', 'data'],
  ['«x»[0] = :v', 'data'],
  ['a[0].«x» = :v', 'data'],
  ['SET «x» = :v', 'data'],
  ['SET a = :v, «x» = :w', 'data'],
  ['REMOVE «x»', 'data'],
  ['ADD «x» :v', 'data'],
  ['a,«x»,b', 'data'],
  ['a BETWEEN :«x» AND :b', 'data'],
  ['a IN (:a, :«x»)', 'data'],
  ['«x y» = :v', 'leaves'],
  ['«x\ty» = :v', 'leaves'],
  ['«x\ny» = :v', 'leaves'],
  ['«x.y» = :v', 'leaves'],
  ['«x[0]y» = :v', 'leaves'],
  ['«x-y» = :v', 'leaves'],
  ['«x+y» = :v', 'leaves'],
  ['«x=y» = :v', 'leaves'],
  ['«x<>y» = :v', 'leaves'],
  ['«x<=y» = :v', 'leaves'],
  ['«x>y» = :v', 'leaves'],
  ['«x,y» = :v', 'leaves'],
  ['«x(y)» = :v', 'leaves'],
  ['«x)» = :v', 'leaves'],
  ['«x OR attribute_exists(pk)» = :v', 'leaves'],
  ['«x = :v, admin» = :v', 'leaves'],
  ['«x:y» = :v', 'leaves'],
  ['«x#y» = :v', 'leaves'],
  ["«x'y'» = :v", 'leaves'],
  ['«x"y"» = :v', 'leaves'],
  ['#«x.y» = :v', 'leaves'],
  ['a = :«x OR b» AND c = :d', 'leaves'],
  ['attribute_exists(«a) OR size(b»)', 'leaves'],
  ['REMOVE «a, b»', 'leaves'],
  ['SET a = «b + :one»', 'leaves'],
]

describe('leavesExpressionToken', () => {
  table(ROWS, leavesExpressionToken)
  it('judges any text at all without an exception', () => {
    expect(new Set(verdictsOnAnything(leavesExpressionToken))).to.deep.equal(new Set([true, false]))
  })
})
