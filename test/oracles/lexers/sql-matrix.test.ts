import { expect } from 'chai'
import type { SqlDialect } from '#src/model/index.js'
import { leavesSqlToken } from '#src/oracles/lexers/sql.js'
import { type Matrix, matrix, size } from './matrix.js'

const CONTEXTS = [
  "SELECT * FROM t WHERE a = '·'",
  'SELECT * FROM t WHERE a = ·',
  'SELECT * FROM t WHERE "·" = 1',
  'SELECT * FROM t WHERE `·` = 1',
  "SELECT * FROM t WHERE a LIKE '%·%'",
  'SELECT 1 -- ·\n, 2',
  'SELECT /* · */ 1',
  "SELECT * FROM t WHERE a IN ('x', '·')",
  'SELECT * FROM t ORDER BY ·',
  "SELECT 'it''s', '·'",
]

/** Payload and verdicts of SQLite, PostgreSQL, MySQL and PartiQL; '' is the same as SQLite's. By hand, from each one's lexical rules. */
const ROWS: readonly (readonly [payload: string, sqlite: string, postgresql: string, mysql: string, partiql: string])[] = [
  ['x', 'dddddddddd', '', '', ''],
  ['x y', 'dLddddddLd', 'dLdLddddLd', '', ''],
  ["'", 'LLddLddLLL', 'LLdLLddLLL', '', ''],
  ["''", 'dLddddddLd', 'dLdLddddLd', '', ''],
  ["' OR '1'='1", 'LLddLddLLL', 'LLdLLddLLL', '', ''],
  ['"', 'dLLdddddLd', 'dLLLddddLd', '', ''],
  ['""', 'dLddddddLd', 'dLdLddddLd', '', ''],
  ['`', 'dLdLddddLd', '', '', ''],
  ["\\'", 'LLddLddLLL', 'LLdLLddLLL', 'dLddddddLd', ''],
  ['\\', 'dLddddddLd', 'dLdLddddLd', '', ''],
  ['; SELECT 1', 'dLddddddLd', 'dLdLddddLd', '', ''],
  [' -- ', 'dLddddddLd', 'dLdLddddLd', '', ''],
  ['*/', 'dLddddLdLd', 'dLdLddLdLd', '', ''],
  ['/*', 'dLddddddLd', 'dLdLddLdLd', '', ''],
  ['\n', 'dLdddLddLd', 'dLdLdLddLd', '', ''],
  ['#', 'dLddddddLd', 'dLdLddddLd', '', ''],
  ['+1', 'dLddddddLd', 'dLdLddddLd', '', ''],
  ['$$', 'dddddddddd', '', '', ''],
  [',', 'dLddddddLd', 'dLdLddddLd', '', ''],
  [')', 'dLddddddLd', 'dLdLddddLd', '', ''],
  ['é', 'dddddddddd', '', '', ''],
  ['@x', 'dLddddddLd', 'dLdLddddLd', '', ''],
  ["\\\\'", 'LLddLddLLL', 'LLdLLddLLL', '', ''],
  ['\\"', 'dLLdddddLd', 'dLLLddddLd', 'dLddddddLd', ''],
  ['--', 'dLddddddLd', 'dLdLddddLd', '', ''],
  ['%', 'dLddddddLd', 'dLdLddddLd', '', ''],
]

const matrixOf = (column: 1 | 2 | 3 | 4): Matrix => ({
  contexts: CONTEXTS,
  rows: ROWS.map((row) => [row[0], row[column] || row[1]]),
})
const DIALECTS: readonly (readonly [SqlDialect, Matrix])[] = [
  ['sqlite', matrixOf(1)],
  ['postgresql', matrixOf(2)],
  ['mysql', matrixOf(3)],
  ['partiql', matrixOf(4)],
]

for (const [dialect, table] of DIALECTS) {
  describe(`the table of ${dialect} statements`, () => {
    it('is large', () => expect(size(table)).to.be.at.least(150))
    matrix(table, (text, region) => leavesSqlToken(text, region, dialect))
  })
}
