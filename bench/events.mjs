// Ratios of the event engine, measured side by side in one run; medians of odd numbers of rounds. Absolute numbers are of this machine.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { generate as fake } from 'json-schema-faker'
import { sourceOf } from '../dist/events/index.js'
import { caseMaker, compile, sampleWires, setAt } from '../dist/generate/index.js'
import { SOURCE_IDS } from '../dist/model/index.js'

const ROUNDS = 5
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const cpuMs = ({ user, system }) => (user + system) / 1000
let missed = 0

/** CPU time, in ms: the machine is shared. */
async function cost(work) {
  const before = process.cpuUsage()
  await work()
  return cpuMs(process.cpuUsage(before))
}

async function medianCost(work, rounds = ROUNDS) {
  const costs = []
  for (let i = 0; i < rounds; i++) costs.push(await cost(() => work(i)))
  return median(costs)
}

/** Calls it for a second of CPU time. */
async function warm(work) {
  const before = process.cpuUsage()
  for (let i = 0; cpuMs(process.cpuUsage(before)) < 1_000; i++) await work(i)
}

function judge(what, ratio, wanted, isMet, more) {
  if (!isMet) missed++
  console.log(`${isMet ? 'met   ' : 'MISSED'} ${what}: ${ratio.toFixed(1)}x (wanted: ${wanted}); ${more}`)
}

const source = sourceOf('apigw-v1')
const { $defs, $id, ...schema } = source.schema
const root = { ...schema, $defs }
const valid = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false }).compile(schema)
const N = 1000

const arbitrary = compile(root, schema)
// Both warmed up for as long: what is compared is a long run.
await warm((i) => fc.sample(arbitrary, { seed: i, numRuns: 100 }))
await warm((i) => fake(schema, { seed: i }))
const made = []
const faked = []
const costs = { ours: [], theirs: [] }
for (let round = 0; round < 9; round++) {
  costs.ours.push(await cost(() => made.push(...fc.sample(arbitrary, { seed: round, numRuns: N }))))
  costs.theirs.push(
    await cost(async () => {
      for (let i = 0; i < N / 2; i++) faked.push(await fake(schema, { seed: 1000 * round + i }))
    }),
  )
}
const [ours, theirs] = [median(costs.ours), median(costs.theirs)]
// The judge's own time is nobody's.
const share = (events) => events.filter((event) => valid(event)).length / events.length
const meanBytes = (events) => Math.round(events.reduce((sum, event) => sum + JSON.stringify(event).length, 0) / events.length)
const oursRate = ((N * share(made)) / ours) * 1000
const theirsRate = (((N / 2) * share(faked)) / theirs) * 1000
const said = (name, rate, events) =>
  `${name} ${Math.round(rate)}/s, ${(100 * share(events)).toFixed(1)} % valid, ${meanBytes(events)} bytes`
judge(
  'valid events/s, against json-schema-faker',
  oursRate / theirsRate,
  '>= 10x',
  oursRate >= 10 * theirsRate,
  `${said('ours', oursRate, made)}; ${said('theirs', theirsRate, faked)}`,
)

await warm((i) => sampleWires(source, {}, i, 50).map((wire) => JSON.stringify(source.toEvent(wire, {}))))
const whole = await medianCost((round) => {
  for (const wire of sampleWires(source, {}, round, N)) JSON.stringify(source.toEvent(wire, {}))
})
const maker = caseMaker(source, {}, 1)
const [template] = maker.templates(['id'])
const event = JSON.parse(maker.render(template, 1).steps[0].text)
const pointers = ['/path', '/headers/Host', '/requestContext/identity/userAgent', '/httpMethod']
const mutate = (i) => JSON.stringify(setAt(event, pointers[i % pointers.length], `efaaaaaaaa${i}z`))
await warm(mutate)
const mutated = await medianCost(() => {
  for (let i = 0; i < N; i++) mutate(i)
})
judge(
  'mutation of an event (copy on write) to its text, against a whole event',
  whole / mutated,
  '>= 20x',
  whole >= 20 * mutated,
  `${Math.round((N / mutated) * 1000)}/s against ${Math.round((N / whole) * 1000)}/s`,
)

for (const id of process.argv.includes('--short') ? [] : SOURCE_IDS) {
  const one = sourceOf(id)
  const own = caseMaker(one, {}, 1)
  const drafts = own.templates(['id', 'name'])
  const count = drafts.flatMap((draft) => [...own.boundaries(draft)]).length
  if (count === 0) continue
  const list = await medianCost(() => {
    for (const draft of drafts) for (const edge of own.boundaries(draft)) own.render(edge, 1)
  }, 3)
  const batch = await medianCost((round) => {
    for (const wire of sampleWires(one, {}, round, count)) JSON.stringify(one.toEvent(wire, {}))
  }, 3)
  judge(
    `boundary list of ${id} (${count}), against as many valid events`,
    list / batch,
    '<= 100x',
    list <= 100 * batch,
    `${list.toFixed(0)} ms`,
  )
}

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
function startMs(args) {
  const started = process.hrtime.bigint()
  spawnSync(process.execPath, args, { stdio: 'ignore' })
  return Number(process.hrtime.bigint() - started) / 1e6
}
const pairs = Array.from({ length: 11 }, () => [startMs(['-e', '']), startMs([main, 'generate', 'apigw-v1', '--count', '1'])])
const empty = median(pairs.map(([ms]) => ms))
const first = median(pairs.map(([, ms]) => ms))
judge(
  'generator cold start, against an empty node process',
  first / empty,
  '<= 3x',
  first <= 3 * empty,
  `${first.toFixed(0)} ms against ${empty.toFixed(0)} ms`,
)
process.exit(missed === 0 ? 0 : 1)
