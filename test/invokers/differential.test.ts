import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { sourceOf } from '#src/events/index.js'
import { caseMaker } from '#src/generate/index.js'
import { localInvoker } from '#src/invokers/local.js'
import type { HostMode, Invoker, Outcome, Session, SourceId } from '#src/model/index.js'
import { ROOT } from '../commands/shop.js'
import { target } from './target-maker.js'

const never = new AbortController().signal
const SAMPLES = 12

/** Those of other sources; null: not yet generated. */
const SOURCES: Readonly<Record<string, SourceId | null>> = {
  'powertools-dynamodb.mjs': 'dynamodb-stream',
  'powertools-s3.mjs': 's3',
  'powertools-sqs.mjs': 'sqs',
  'powertools-kafka.mjs': null,
  'powertools-kinesis.mjs': null,
  'books.mjs': null,
}

/** Handlers of the shop; `npm run verify` adds those made of published packages. */
const HANDLERS: (readonly [string, SourceId])[] = [
  ['examples/shop/src/orders-api.mjs', 'apigw-v2'],
  ['examples/shop/src/authorizer.mjs', 'authorizer-token'],
]
const real = path.join(ROOT, 'examples/real/src')
if (process.env['REAL_HANDLERS'] === '1') {
  if (!existsSync(path.join(ROOT, 'examples/real/node_modules'))) throw new Error('npm ci in examples/real first')
  for (const name of readdirSync(real))
    if (SOURCES[name] !== null) HANDLERS.push([`examples/real/src/${name}`, SOURCES[name] ?? 'apigw-v2'])
}

/** Honest events, and some with data where nobody expects it. */
function textsFor(source: SourceId): readonly string[] {
  const maker = caseMaker(sourceOf(source), {}, 1)
  const templates = maker.templates(['id', 'name', 'items', 'kind'])
  const edges = templates.flatMap((draft) => [...maker.boundaries(draft)].slice(0, SAMPLES))
  const drafts = [...templates, ...maker.samples(1, SAMPLES), ...edges]
  return drafts.flatMap((draft, i) => maker.render(draft, i + 1)?.steps.at(-1)?.text ?? [])
}

/** What the function made of it; where in its code is another matter. */
const essence = (outcome: Outcome) =>
  outcome.kind === 'threw'
    ? { kind: outcome.kind, name: outcome.name, message: outcome.message }
    : JSON.parse(JSON.stringify(outcome).replace(/\\"date\\":\\"[^"]*\\"/g, '\\"date\\":0'))

async function outcomes(session: Session, texts: readonly string[], from: number, mode: HostMode) {
  const batch = texts.map((text, i) => ({ n: from + i, text, mode, deadlineMs: 5_000 }))
  return (await session.run(batch, never)).map(({ outcome }) => essence(outcome))
}

describe('an instrumented function', function () {
  this.timeout(120_000)
  let invoker: Invoker
  before(async () => {
    invoker = await localInvoker({ node: process.execPath, sandbox: undefined })
  })
  after(() => invoker[Symbol.asyncDispose]())

  for (const [file, source] of HANDLERS)
    it(`answers and fails as it does untouched: ${file}`, async () => {
      const opened = await invoker.open(
        target({ file: path.join(ROOT, file), root: path.dirname(path.join(ROOT, file)), sources: [source] }),
      )
      if (opened.kind !== 'open') throw new Error(opened.reason)
      await using session = opened.session
      const texts = textsFor(source)
      const first = await outcomes(session, texts, 1, 'proof')
      await session.renew()
      const again = await outcomes(session, texts, 10_001, 'proof')
      const explored = await outcomes(session, texts, 20_001, 'discover')
      // What differs from run to run, such as an id that it makes up, says nothing.
      const stable = texts.map((_text, i) => i).filter((i) => JSON.stringify(first[i]) === JSON.stringify(again[i]))
      expect(stable.length).to.be.greaterThan(texts.length / 2)
      expect(stable.map((i) => explored[i])).to.deep.equal(stable.map((i) => again[i]))
    })
})
