import { expect } from 'chai'
import { leavesExpressionToken } from '#src/oracles/lexers/dynamodb-expression.js'
import { type Matrix, matrix, size } from './matrix.js'

const CONTEXTS = [
  '· = :v',
  'a = ·',
  '#· = :v',
  'a = :·',
  'SET · = :v',
  'a.· = :v',
  'contains(·, :v)',
  'attribute_exists(·)',
  'a = :v AND ·',
  'a IN (·, :b)',
]

/** By hand: a name or a placeholder is letters, digits and underscores; everything else is an operator or no expression at all. */
const EXPRESSION: Matrix = {
  contexts: CONTEXTS,
  rows: [
    ...['x', '_1', '7', 'AND', '__'].map((text) => [text, 'd'.repeat(10)] as const),
    ...[' ', '.x', '[0]', ',', ', ', '=', '<>', '(', ')', ' OR b', '-', '+', '#', ':', "'", '\n', '\t', ' = :v OR x'].map(
      (text) => [text, 'L'.repeat(10)] as const,
    ),
  ],
}

describe('the table of DynamoDB expressions', () => {
  it('is large', () => expect(size(EXPRESSION)).to.be.at.least(150))
  matrix(EXPRESSION, leavesExpressionToken)
})
