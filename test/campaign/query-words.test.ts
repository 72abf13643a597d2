import { expect } from 'chai'
import { queryNames } from '#src/campaign/query-words.js'
import { type AnyNode, parsed } from '#src/campaign/syntax.js'

const CODE: readonly (readonly [code: string, names: readonly string[]])[] = [
  ['const { category, sort = "name" } = req.query', ['category', 'sort']],
  ['const { a: b, ...rest } = req.query ?? {}', ['a']],
  ['send(req.query.page, request.query?.size)', ['page', 'size']],
  ['url.searchParams.get("from") ?? url.searchParams.getAll("tag")', ['from', 'tag']],
  ['c.req.query("limit")', ['limit']],
  ['event.queryStringParameters.x', ['x']],
  ['searchParams.forEach(f); query.toString(); req.query["x y"]', []],
  ['db.query("SELECT 1"); const { rows } = await db.query(text)', []],
  ['const wanted = new URLSearchParams(text); go(wanted.get("back"))', ['back']],
  ['const all = parseQuery(event); const f = (all) => all.get("next") ?? all.to.trim()', ['next', 'to']],
  ['let q; q = new Map(Object.entries(event.multiValueQueryStringParameters ?? {})); q.has("sort")', ['sort']],
  ['const rows = query("SELECT 1"); rows.get("x"); const m = new Map(); m.get("y")', []],
  ['const { code } = nested(event.rawQueryString ?? ""); const { to } = parse(event.body)', ['code']],
  [
    'const rows = nested(event.rawQueryString); const { id } = rows; const { Item } = await get(event.queryStringParameters.x)',
    ['id', 'x'],
  ],
  ['body.page; headers.get("x")', []],
]

describe('names that code reads of a query', () => {
  for (const [code, names] of CODE)
    it(`${code} -> ${names.join(', ') || 'none'}`, () => {
      expect(queryNames(parsed(code) as unknown as AnyNode)).to.deep.equal(names)
    })
})
