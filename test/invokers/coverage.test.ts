import { readFileSync, writeFileSync } from 'node:fs'
import inspector from 'node:inspector'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect } from 'chai'
import { takeHits, watchCoverage } from '#src/harness/coverage.js'
import { instrument } from '#src/invokers/instrument.js'
import { type AnyNode, readJs, walkJs } from '#src/invokers/read-js.js'
import { ROOT } from '../commands/shop.js'
import { SHIM } from './instrument-shim.js'

const require = createRequire(import.meta.url)
const MODULES = path.join(ROOT, 'node_modules')

interface Workload {
  readonly file: string
  run(loaded: never): unknown
}

/** Code of others, in part used. */
const WORKLOADS: readonly Workload[] = [
  {
    file: 'acorn/dist/acorn.js',
    run: ({ parse }: { parse(code: string, options: object): unknown }) =>
      parse('class A { async *b(c = 1) { for await (const [d] of e) yield `${d}` } } label: while (a) break label', {
        ecmaVersion: 2022,
      }),
  },
  {
    file: 'js-yaml/dist/js-yaml.js',
    run: ({ load, dump }: { load(text: string): unknown; dump(value: unknown): string }) =>
      dump(load('a: [1, {b: "c"}]\nd: |\n  text\n')),
  },
  {
    file: 'superstruct/dist/index.cjs',
    run: ({ object, string, array, is }: typeof import('superstruct')) =>
      is({ a: 'b', c: [1] }, object({ a: string(), c: array(string()) })),
  },
  {
    file: 'yup/index.js',
    run: ({ object, string }: typeof import('yup')) => object({ a: string().email() }).isValidSync({ a: 'b' }),
  },
]

interface Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

/** What the engine itself says was run: ends of executed functions, and ranges that were not run. */
async function engine(file: string, run: (loaded: never) => unknown): Promise<{ functions: Set<number>; ranges: Range[] }> {
  const session = new inspector.Session()
  session.connect()
  const post = (method: string, params?: object) =>
    new Promise<{ result: { url: string; functions: { ranges: Range[] }[] }[] }>((resolve, reject) =>
      session.post(method, params as never, (error, result) => (error === null ? resolve(result as never) : reject(error))),
    )
  await post('Profiler.enable')
  await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  run(require(file) as never)
  const { result } = await post('Profiler.takePreciseCoverage')
  session.disconnect()
  const functions = result.find(({ url }) => url.endsWith(file))!.functions
  return {
    functions: new Set(functions.filter(({ ranges }) => ranges[0]!.count > 0).map(({ ranges }) => ranges[0]!.endOffset)),
    ranges: functions.flatMap((one) => one.ranges),
  }
}

/** The innermost range decides. */
function isRun(ranges: readonly Range[], offset: number): boolean {
  const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)
  const length = ({ startOffset, endOffset }: Range) => endOffset - startOffset
  return around.reduce((a, b) => (length(b) <= length(a) ? b : a)).count > 0
}

describe('coverage', () => {
  let first = 0
  before(() => {
    watchCoverage()
    new Function(SHIM)()
  })

  for (const { file, run } of WORKLOADS)
    it(`is what the engine says: ${file}`, async () => {
      const code = readFileSync(path.join(MODULES, file), 'utf8')
      // Copies of our own, below the repository: others may have loaded the file before.
      const name = `covered-${path.basename(path.dirname(file))}-${path.basename(file, '.js')}`
      const [original, copy] = [`${name}.cjs`, `${name}-counted.cjs`].map((one) => path.join(ROOT, 'dist-test', one)) as [
        string,
        string,
      ]
      writeFileSync(original, code)
      const { functions, ranges } = await engine(original, run)
      const made = instrument(code, first)!
      first = made.next
      writeFileSync(copy, made.text)
      takeHits()
      run(require(copy) as never)
      const hits = new Set(takeHits())

      const starts = [0, ...[...code.matchAll(/\r\n|\n/g)].map((match) => match.index + match[0].length)]
      const at = ({ line, column }: { line: number; column: number }) => starts[line - 1]! + column - 1
      const ends = new Map<number, number>()
      walkJs(readJs(code)!, (node: AnyNode) => {
        if (/Function/.test(node.type)) ends.set(node.start, node.end)
      })
      const ours = made.sites.filter(({ kind, id }) => kind === 'function' && hits.has(id)).map((site) => ends.get(at(site))!)
      const known = new Set(ends.values())
      expect(ours.sort()).to.deep.equal([...functions].filter((end) => known.has(end)).sort())

      const lines = (isCovered: (id: number, offset: number) => boolean) => {
        const covered = new Map<number, boolean>()
        for (const site of made.sites.filter(({ kind }) => kind === 'statement'))
          covered.set(site.line, covered.get(site.line) === true || isCovered(site.id, at(site)))
        return covered
      }
      const [mine, theirs] = [lines((id) => hits.has(id)), lines((_id, offset) => isRun(ranges, offset))]
      const differing = (says: boolean) => [...mine].filter(([line, covered]) => covered === says && theirs.get(line) !== says)
      expect(differing(true), 'lines that only we say were run').to.deep.equal([])
      // The engine counts neither what an exception skips nor what follows a conditional in code that was not run.
      expect(differing(false).length, 'lines that only the engine says were run').to.be.at.most(mine.size / 200)
      expect([...mine.values()].filter((covered) => !covered).length, 'lines that were not run').to.be.greaterThan(10)
    })
})
