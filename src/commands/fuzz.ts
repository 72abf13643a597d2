import { existsSync } from 'node:fs'
import path from 'node:path'
import type { CampaignOptions } from '../campaign/campaign-options.js'
import type { Step } from '../campaign/steps.js'
import { loadFamilies, readConfig } from '../config/index.js'
import { inSequence } from '../events/in-sequence.js'
import { sourceOf } from '../events/index.js'
import { withAnswers, worldOf } from '../events/with-answers.js'
import { caseMaker } from '../generate/index.js'
import { parsePolicies } from '../iam/index.js'
import { localInvoker } from '../invokers/local.js'
import { type Finding, type Invoker, type Report, type Target, TargetError } from '../model/index.js'
import { type Baseline, onlyNew, readBaseline, withBaseline } from './baseline.js'
import { budgetsOf } from './budgets.js'
import { Corpus } from './corpus.js'
import { enforcedRoles } from './enforced-roles.js'
import { Enough } from './enough.js'
import type { FuzzOptions } from './fuzz-options.js'
import { caseFile, Gathered } from './gathered.js'
import { History } from './history.js'
import { inParallel } from './in-parallel.js'
import { inferByRunning } from './infer-by-running.js'
import { knownFirst, spokenOf } from './known-first.js'
import { openLiveRun } from './live/run.js'
import { Opening } from './opening.js'
import { formatsOf } from './other-formats.js'
import { reportOf } from './report-of.js'
import type { Retested } from './retest.js'
import { rolesOf } from './roles-file.js'
import { chooseRules } from './rules.js'
import { type RunStore, replayLine, runStore } from './run-store.js'
import { readSeeds, seedsFor } from './seed-events.js'
import { type Share, shareOf } from './share.js'
import { directSeeds, sourcesOn } from './surfaced.js'
import { tailoredMakers } from './tailored-makers.js'
import { noSource, type Resolved, resolveTargets } from './targets.js'
import { openUserRules } from './user-rules.js'
import { version } from './version.js'

/** What the caller gets to see while it runs. */
export type FuzzStep =
  | Step
  | Retested
  /** One line about what could not be done as wanted, for people. */
  | { readonly kind: 'warned'; readonly text: string }
  /** To be read before anything is sent to functions that really run. */
  | { readonly kind: 'announced'; readonly lines: readonly string[] }
  | {
      readonly kind: 'opened'
      readonly dir: string
      readonly invoker: Invoker
      readonly targets: readonly Target[]
      readonly notes: readonly string[]
      readonly timeMs: number
    }

const [FILE_TIME_MS, PROJECT_TIME_MS] = [30_000, 300_000]

export interface Fuzzed {
  readonly report: Report
  readonly store: RunStore
  readonly missed: boolean
  /** Why a live run could not go on. */
  readonly failure: { readonly why: string; readonly exit: 2 | 3 } | undefined
}

/** Fuzzes the targets and returns the report, which is already on disk. The signal ends the run early; the report is written all the same. */
export async function fuzz(options: FuzzOptions, onStep: (step: FuzzStep) => void, signal: AbortSignal): Promise<Fuzzed> {
  const startedAt = new Date()
  const onWarning = (text: string) => onStep({ kind: 'warned', text })
  const { plugins, strategies: modules, rules: settings } = await readConfig(options.cwd)
  await using user = await openUserRules(plugins, onWarning)
  const { rules: wanted, excludeRules: unwanted, experimental } = options
  const rules = chooseRules({ wanted, unwanted, experimental, settings, user: user.rules })
  // What no chosen rule could see is not tried.
  const families = loadFamilies(options.payloads).filter((family) => rules.some(({ id }) => family.rules.includes(id)))
  const live = await openLiveRun(options, rules, startedAt)
  const found = live?.resolved ?? (await resolveTargets(options.targets, options, options.cwd))
  const makerOf = await tailoredMakers(modules, live?.seed ?? options.seed)
  // A policy that is none is said before anything runs.
  for (const { role } of found.targets) parsePolicies(role?.policies ?? [])
  const baseline = options.baseline === undefined ? undefined : readBaseline(path.resolve(options.cwd, options.baseline))
  const seeds = options.seedEvents === undefined ? [] : readSeeds(path.resolve(options.cwd, options.seedEvents))
  const history = new History(
    // A run that goes on has to ask for the same again: what others found in between changes nothing.
    options.known === undefined || live !== undefined ? undefined : path.resolve(options.cwd, options.known),
  )
  const store = live?.store ?? runStore(options.cwd, options.outputDir, startedAt)
  const { node, sandbox, executeSinks, awsEndpoint } = options
  const cache = path.join(options.cwd, '.eventfuzz/cache')
  const enforced = options.enforcePolicy ? enforcedRoles(found.targets, onWarning) : undefined
  await using invoker =
    live?.invoker ?? (await localInvoker({ node, sandbox, executeSinks, awsEndpoint, enforced, cache, onWarning }))
  const share = shareOf(found, options.shard, options.changed, options.cwd)
  const shaped = live === undefined ? await withSources(share.resolved, invoker, signal) : share.resolved
  const surface = options.surface ?? 'delivered'
  const onSurface = (target: Target): Target => ({ ...target, sources: sourcesOn(surface, target) })
  const resolved = { ...shaped, targets: shaped.targets.map(onSurface) }
  const { targets } = resolved
  const timeMs =
    (live === undefined ? options.timeMs : Number.POSITIVE_INFINITY) ??
    (options.runs !== undefined
      ? Number.POSITIVE_INFINITY
      : targets.length > 1 || options.targets.length === 0
        ? PROJECT_TIME_MS
        : FILE_TIME_MS)
  const gathered = new Gathered(store)
  const run = {
    id: store.id,
    cwd: options.cwd,
    seed: live?.seed ?? options.seed,
    sandbox: invoker.sandbox,
    startedAt,
    resolved,
    surface,
    rules: live?.oracles ?? rules,
    ...shardOf(share, options),
  }
  const opening = new Opening(store, () => {
    live?.begun()
    if (live !== undefined) onStep({ kind: 'announced', lines: live.announcement })
    // All there is of a run that is killed, with the lines that it appended.
    const begun = reportOf({ ...run, interrupted: true, findings: [], evidence: [], targets: [] })
    store.write('run.json', JSON.stringify(begun))
    onStep({ kind: 'opened', dir: store.dir, invoker, targets, notes: resolved.notes, timeMs })
  })
  const corpus = options.runs === undefined ? new Corpus(options.cwd) : undefined
  const enough = new Enough(options.maxFindings, (one) => judged([one], baseline, startedAt)[0]?.suppression == null)
  const until = enough.until(live?.until(signal) ?? signal)
  const lanes = Math.min(options.workers, targets.length)
  const campaign: CampaignOptions = {
    seed: run.seed,
    runs: options.runs ?? live?.runs ?? Number.POSITIVE_INFINITY,
    timeMs: timeMs * lanes,
    oracles: live?.oracles ?? rules,
    families: live?.families(families) ?? families,
    pairs: live?.pairs,
    version: version(),
    world: (source, tag, target, planted, drafts, delivery) => ({
      maker: caseMaker(
        withAnswers(sourceOf(source, target.triggers[source]), planted, delivery),
        target.triggers[source] ?? {},
        tag,
      ),
      drafts: drafts.map((draft) => ({ ...draft, wire: worldOf(draft.wire, planted) })),
    }),
    chain: (source, tag, target, { first, second, takes }) => {
      const trigger = target.triggers[source] ?? {}
      return {
        maker: caseMaker(inSequence(sourceOf(source, trigger), trigger, { takes }), trigger, tag),
        drafts: [{ ...first, wire: { first: first.wire, second: second.wire } }],
      }
    },
    ...(live === undefined && { formats: formatsOf }),
    makers: (source, tag, target) =>
      makerOf(target, source, tag, [
        ...seedsFor(seeds, targets, target, source),
        ...(corpus?.read(target, source) ?? []),
        ...(source === 'direct' ? directSeeds(shaped.targets.find(({ id }) => id === target.id) ?? target) : []),
      ]),
    replayOf: (fingerprint, target) => `${replayLine(fingerprint, store, options)}${live?.replayFlags(target) ?? ''}`,
    ...(live && { whereOf: live.whereOf }),
    now: () => performance.now(),
  }
  const isIn = spokenOf(options.targets.length === 0 ? undefined : targets, share.elsewhere, rules, user.rules)
  if (targets.length === 0) opening.open() // Nothing has changed, or others test it.
  const budgets = budgetsOf({
    ...{ all: found.targets.filter(({ id }) => share.order.includes(id)), own: targets, cwd: options.cwd },
    ...{ counted: options.runs !== undefined, live: live !== undefined, known: ({ id }) => history.of(id, isIn).length },
  })
  await inParallel(budgets.inOrder(targets), lanes, async (target) => {
    for await (const step of knownFirst(target, invoker, budgets.of(target, campaign), history, isIn, until)) {
      for (const ready of opening.through(step)) {
        if (ready.kind === 'retested') history.take(ready)
        else gathered.take(ready)
        if (ready.kind === 'found') enough.take(ready.finding)
        if (ready.kind === 'explored' && live === undefined) corpus?.write(ready.target, ready.source, ready.wires)
        onStep(ready)
      }
    }
  })
  if (!opening.opened && !signal.aborted) throw new TargetError(opening.reasons())
  opening.open()
  const tested = new Set(gathered.targets.filter(({ status }) => status === 'tested').map(({ id }) => id))
  const settled = history.settle([...gathered.findings.values()], gathered.superseded, { tested, isIn })
  for (const stored of settled.cases) store.write(...caseFile(stored))
  const accepted = judged(settled.findings, baseline, startedAt)
  const findings = options.newOnly === true ? onlyNew(accepted) : accepted
  const interrupted = signal.aborted || live?.isStopped() === true
  const reports = gathered.targets.map((one) => budgets.told(live?.counted(one) ?? one))
  const report = history.withTrend(
    reportOf({
      ...run,
      interrupted,
      findings,
      evidence: gathered.evidence,
      targets: reports,
      live: live?.report(),
      ended: enough.why,
    }),
  )
  if (options.shard !== undefined) store.write('roles.json', JSON.stringify(rolesOf(resolved, share, tested)))
  store.write('findings.jsonl', report.findings.map((finding) => `${JSON.stringify(finding)}\n`).join(''))
  store.write('report.json', `${JSON.stringify(report, null, 2)}\n`)
  for (const name of ['run.json', 'targets.jsonl']) store.remove(name)
  history.remember(settled.findings, gathered.cases, gathered.superseded, { run: store.id, at: report.run.startedAt })
  history.keepTrend(report)
  const missed = options.targets.length === 0 && isIncomplete(found)
  return { report, store, missed, failure: live?.failure() }
}

const shardOf = ({ order, elsewhere }: Share, { shard }: FuzzOptions) => ({
  elsewhere,
  ...(shard === undefined ? {} : { shard: { ...shard, order } }),
})

/** A template or a handler that could not be read: functions that should have been tested were not. */
const isIncomplete = ({ untested, problems }: Resolved): boolean =>
  untested.some(({ missed }) => missed === true) || problems.some(({ unread }) => unread === true)

/** Functions that nothing says the trigger of are asked: run once on an honest event of each source. */
async function withSources(found: Resolved, invoker: Invoker, signal: AbortSignal): Promise<Resolved> {
  const targets: Target[] = []
  const notes = [...found.notes]
  for (const target of found.targets) {
    // What cannot be loaded is said when it is fuzzed.
    const source =
      target.sources.length > 0 || !existsSync(target.file) ? undefined : await inferByRunning(target, invoker, signal)
    if (source !== undefined)
      notes.push(`${target.id} is fuzzed as ${source} (what it reads of an event); --event says otherwise`)
    if (source === undefined && target.sources.length === 0 && existsSync(target.file)) throw noSource(target)
    targets.push(source === undefined ? target : { ...target, sources: [source] })
  }
  return { ...found, targets, notes }
}

const judged = (findings: readonly Finding[], baseline: Baseline | undefined, now: Date): readonly Finding[] =>
  baseline === undefined ? findings : withBaseline(findings, baseline, now.toISOString().slice(0, 10))
