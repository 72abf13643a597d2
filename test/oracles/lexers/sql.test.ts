import { expect } from 'chai'
import type { SqlDialect } from '#src/model/index.js'
import { leavesSqlToken } from '#src/oracles/lexers/sql.js'
import { verdictsOnAnything } from './anything.js'
import { type Row, table } from './marked.js'

const EVERY: readonly Row[] = [
  ["SELECT * FROM t WHERE a = '«x»'", 'data'],
  ["SELECT * FROM t WHERE a = '«x; -- /* */ \" $$ ? :a y»'", 'data'],
  ["SELECT * FROM t WHERE a = '«it''s»'", 'data'],
  ["SELECT * FROM t WHERE a = '«'''»'", 'leaves'],
  ["SELECT * FROM t WHERE a = '«''''»'", 'data'],
  ["SELECT * FROM t WHERE a = '«'»'", 'leaves'],
  ["SELECT * FROM t WHERE a = '«' OR '1'='1»'", 'leaves'],
  ["SELECT * FROM t WHERE a = '«' -- »'", 'leaves'],
  ["SELECT * FROM t WHERE a LIKE '%«x%_y»%'", 'data'],
  ["SELECT * FROM t WHERE a = 'b''«c»'", 'data'],
  ["SELECT * FROM t WHERE a = '' AND b = '«c»'", 'data'],
  ["SELECT * FROM t WHERE a = 'it''s' AND b = '«c d»'", 'data'],
  ["SELECT * FROM t WHERE a = '«a\nb»'", 'data'],
  ["SELECT * FROM t WHERE a = '«é\u00a0漢\u{1f600}»'", 'data'],
  ['SELECT «x» FROM t', 'data'],
  ['SELECT «x_1» FROM t', 'data'],
  ['SELECT a_«x» FROM t', 'data'],
  ['SELECT * FROM t ORDER BY «x»', 'data'],
  ['SELECT * FROM t ORDER BY «x DESC»', 'leaves'],
  ['SELECT * FROM t ORDER BY «x, y»', 'leaves'],
  ['SELECT * FROM t ORDER BY «x,y»', 'leaves'],
  ['SELECT * FROM t ORDER BY «x.y»', 'leaves'],
  ['SELECT * FROM t ORDER BY «x(y)»', 'leaves'],
  ['SELECT * FROM t WHERE a = «x OR 1=1»', 'leaves'],
  ['SELECT * FROM t WHERE a = «x/**/OR/**/1»', 'leaves'],
  ['SELECT * FROM t WHERE a = «x;y»', 'leaves'],
  ['SELECT * FROM t WHERE a = «x-1»', 'leaves'],
  ["SELECT * FROM t WHERE a = «x'y'»", 'leaves'],
  ['SELECT * FROM t WHERE a IN («x»)', 'data'],
  ['SELECT * FROM t WHERE a IN («x)»', 'leaves'],
  ['SELECT 1 -- «x; y z»', 'data'],
  ['SELECT 1 -- «x\ny»', 'leaves'],
  ["SELECT 1 -- it's\n, '«a; b»'", 'data'],
  ['SELECT /* «x; y» */ 1', 'data'],
  ['SELECT /* «x */ y» */ 1', 'leaves'],
  ["SELECT /* it's */ '«a b»'", 'data'],
  ['SELECT 1 /* «a b»', 'data'],
  [`SELECT * FROM t WHERE a = '«${'x'.repeat(2000)}»'`, 'data'],
  [`SELECT «${'x'.repeat(2000)}» FROM t`, 'data'],
  ["SELECT 5-3, '«a b»'", 'data'],
  ["SELECT 'a'--'b'\n, «x y»", 'leaves'],
]

const DOUBLE_QUOTED_NAMES: readonly Row[] = [
  ['SELECT "«x y»" FROM t', 'data'],
  ['SELECT "«x""y»" FROM t', 'data'],
  ['SELECT "«x"y»" FROM t', 'leaves'],
  ['SELECT "«x\\"» FROM t', 'leaves'],
  ["SELECT \"it's\", '«a b»'", 'data'],
  ["SELECT '«a\\'»'", 'leaves'],
  ["SELECT '«a\\''»'", 'data'],
  ["SELECT '«a\\»'", 'data'],
  ["SELECT '\\' , «x y»", 'leaves'],
]

const POSTGRESQL: readonly Row[] = [
  ["SELECT E'«a\\'b»'", 'data'],
  ["SELECT e'«a\\\\'b»'", 'leaves'],
  ["SELECT E'«a''b»'", 'data'],
  ["SELECT typeE'«a\\'b»'", 'leaves'],
  ["SELECT N'«a\\'»'", 'leaves'],
  ["SELECT X'«1F»'", 'data'],
  ["SELECT U&'«a''b»'", 'data'],
  ["SELECT $$«it's; -- b»$$", 'data'],
  ['SELECT $$«a$$b»$$', 'leaves'],
  ["SELECT $tag$«it's $$ b»$tag$", 'data'],
  ['SELECT $tag$«a$tag$b»$tag$', 'leaves'],
  ["SELECT $t1$«it's»$t1$", 'data'],
  ["SELECT $é$«it's»$é$", 'data'],
  ["SELECT $1, '«a b»'", 'data'],
  ['SELECT a$$«b c»', 'leaves'],
  ['SELECT $1«a»', 'data'],
  ['SELECT /* /* */ «a b» */ 1', 'data'],
  ['SELECT /* /* */ */ «a b»', 'leaves'],
  ['SELECT 1 --«a b»', 'data'],
  ['SELECT 1 -- «a\rb»', 'leaves'],
  ['SELECT 1 # «a b»', 'leaves'],
  ['SELECT «a\u00a0b»', 'data'],
  ['SELECT «a$b»', 'data'],
  ['SELECT «a::text»', 'leaves'],
  ["SELECT '«a'\n'b»'", 'leaves'],
  ['SELECT `«a b»`', 'leaves'],
]

const MYSQL: readonly Row[] = [
  ["SELECT '«it\\'s»'", 'data'],
  ["SELECT '«a\\\\'b»'", 'leaves'],
  ["SELECT '«a\\\\''b»'", 'data'],
  ['SELECT "«a\\"b»"', 'data'],
  ['SELECT "«a""b»"', 'data'],
  ['SELECT "«a"b»"', 'leaves'],
  ['SELECT "«it\'s»"', 'data'],
  ['SELECT `«a b»` FROM t', 'data'],
  ['SELECT `«a``b»` FROM t', 'data'],
  ['SELECT `«a`b»` FROM t', 'leaves'],
  ['SELECT `«a\\`b»` FROM t', 'leaves'],
  ['SELECT 1 # «a b»', 'data'],
  ['SELECT 1 # «a\nb»', 'leaves'],
  ["SELECT 1 # it's\n, '«a b»'", 'data'],
  ['SELECT 1 --«a b»', 'leaves'],
  ['SELECT 1 --\t«a b»', 'data'],
  ["SELECT 5--'«a b»'", 'data'],
  ['SELECT /* /* */ «a b» */ 1', 'leaves'],
  ['SELECT /*! «a b» */ 1', 'leaves'],
  ['SELECT /*!50000 «a» */ 1', 'data'],
  ['SELECT /*+ «a b» */ 1', 'leaves'],
  ['SELECT @«a»', 'data'],
  ["SELECT _utf8mb4'«a b»'", 'data'],
  ['SELECT «a$b»', 'data'],
  ['SELECT 1«a»', 'data'],
  ['SELECT $$«a b»$$', 'leaves'],
  ["SELECT E'«a\\'b»'", 'data'],
  ["SELECT '\\'', '«a b»'", 'data'],
]

const PARTIQL: readonly Row[] = [
  ['SELECT * FROM "Orders" WHERE "pk" = \'«a b»\'', 'data'],
  ['SELECT * FROM "«a b»" WHERE pk = ?', 'data'],
  ['SELECT * FROM "Orders"."«a b»" WHERE pk = ?', 'data'],
  ['SELECT * FROM "Orders" WHERE "«a"] OR b»" = ?', 'leaves'],
  ["SELECT * FROM \"Orders\" WHERE pk IN ['a', '«b c»']", 'data'],
  ["SELECT * FROM \"Orders\" WHERE pk IN ['a', '«b', 'c»']", 'leaves'],
  ["INSERT INTO \"Orders\" VALUE {'pk': '«a b»', 'n': 1}", 'data'],
  ["INSERT INTO \"Orders\" VALUE {'pk': '«a', 'admin': 'b»', 'n': 1}", 'leaves'],
  ["UPDATE t SET tags = <<'«a', 'b»'>> WHERE pk = 'x'", 'leaves'],
  ["UPDATE t SET tags = <<'«a b»'>> WHERE pk = 'x'", 'data'],
  ["SELECT * FROM t WHERE begins_with(pk, '«a»')", 'data'],
  ["SELECT * FROM t WHERE pk = '«a' OR attribute_exists(\"pk\") OR 'a'='b»'", 'leaves'],
  ['SELECT * FROM t WHERE a = `«a b»`', 'data'],
  ['SELECT * FROM t WHERE a = «x OR attribute_exists(pk)»', 'leaves'],
  ['SELECT * FROM t WHERE a = $$«a b»$$', 'leaves'],
]

const judge = (dialect: SqlDialect) => (text: string, region: { start: number; end: number }) =>
  leavesSqlToken(text, region, dialect)

describe('leavesSqlToken', () => {
  for (const dialect of ['postgresql', 'mysql', 'partiql', 'athena', 'sqlite'] as const) {
    describe(`${dialect}: what every dialect says`, () => table(EVERY, judge(dialect)))
  }
  for (const dialect of ['postgresql', 'partiql', 'athena', 'sqlite'] as const) {
    describe(`${dialect}: "name" and no backslash escapes`, () => table(DOUBLE_QUOTED_NAMES, judge(dialect)))
  }
  it('judges any text at all without an exception', () => {
    expect(new Set(verdictsOnAnything(judge('postgresql')))).to.deep.equal(new Set([true, false]))
  })
  describe('postgresql', () => table(POSTGRESQL, judge('postgresql')))
  describe('mysql', () => table(MYSQL, judge('mysql')))
  describe('partiql', () => table(PARTIQL, judge('partiql')))
})
