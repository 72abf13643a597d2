import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import type { AwsCall, Observation } from '#src/model/index.js'
import { type Cell, requests } from './cells.js'
import { beyond } from './cells-beyond.js'
import { deployed, Sessions } from './sessions.js'
import { compareTable } from './table.js'

describe('capture', function () {
  this.timeout(30_000)
  let sessions: Sessions
  let n = 0
  before(async () => {
    sessions = await Sessions.start()
  })
  after(() => sessions?.[Symbol.asyncDispose]())

  const cells = [...requests, ...beyond]
  const failed = new Set<Cell>()
  for (const cell of cells) {
    failed.add(cell)
    it(cell.name, async function () {
      if (cell.strong && !sessions.isStrong) return this.skip()
      const session = await sessions.of(cell)
      const mark = `mark-${++n}`
      const text = JSON.stringify({ cell: cell.cell, mark: cell.atLoad ? 'at-load' : mark })
      const [seen] = await session.run([{ n, text, mode: 'proof', deadlineMs: 8_000 }], new AbortController().signal)
      expect(seen!.outcome.kind, JSON.stringify(seen!.outcome)).to.equal('returned')
      const calls = cell.atLoad ? session.unattributed() : seen!.aws
      check(cell, calls, cell.atLoad ? 'at-load' : mark, cell.atLoad ? null : n, seen!)
      failed.delete(cell)
    })
  }

  it('is what docs/aws.md says', function () {
    // Where the sandbox is not strong some cells do not run; a run of some cells with -g shows nothing of the others.
    if (failed.size > 0) return this.skip()
    compareTable(cells)
  })
})

function check(cell: Cell, calls: readonly AwsCall[], mark: string, n: number | null, { effects }: Observation): void {
  const marked = calls.filter(({ params }) => JSON.stringify(params).includes(mark))
  const shown = JSON.stringify({ calls, effects }, null, 1).slice(0, 4_000)
  if (cell.atLoad)
    expect(marked.length, shown).to.be.greaterThan(0) // Its stand-in loads the file as well.
  else expect(marked.length, shown).to.equal(1)
  const [call] = marked
  expect(call).to.deep.include({ service: cell.service, operation: cell.operation, n, via: cell.via ?? 'request' })
  expect(cell.param.split('/').reduce((value: unknown, key) => Reflect.get(Object(value), key), call!.params)).to.equal(
    `${mark}${cell.mark ?? ''}`,
  )
  if (cell.region !== undefined) expect(call!.region).to.equal(cell.region)
  if (cell.resource !== undefined) expect(call!.resources).to.deep.equal([cell.resource])
  expect(`${call!.location?.file}:${call!.location?.line}`).to.equal(lineOf(cell))
}

/** Where the call stands: in the bundle when there is no map, else in what people wrote. */
function lineOf(cell: Cell): string {
  const { file, root } = deployed(cell)
  const written = cell.bundle === undefined || cell.bundle === 'mapped'
  const handlers = path.dirname(deployed({ ...cell, bundle: undefined } as unknown as Cell).file)
  const source = written ? path.join(handlers, cell.source ?? cell.file) : file
  const line =
    1 +
    readFileSync(source, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes(cell.line))
  return `${path.relative(root, source)}:${line}`
}
