import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { CampaignOptions } from '../campaign/campaign-options.js'
import type { SourceId, Target, TargetReport, Trigger } from '../model/index.js'
import { madeOf } from './changed.js'

/** How a run's executions and time are split over its targets. */
export interface Budgets {
  /** What the campaign of one target may take of that of the whole run. */
  of(target: Target, whole: CampaignOptions): CampaignOptions
  /** The report of a target, with its share and what it rests on. */
  told(report: TargetReport): TargetReport
  /** Those that take longest first, where time is split: the machine is idle least at the end. */
  inOrder(targets: readonly Target[]): readonly Target[]
}

export interface BudgetQuestion {
  /** Of all machines that share the run, as the project describes them. */
  readonly all: readonly Target[]
  /** Of this machine. */
  readonly own: readonly Target[]
  /** Runs that are counted are repeatable: what earlier runs left must not change them. */
  readonly counted: boolean
  /** Of deployed functions nothing is read. */
  readonly live: boolean
  /** Open findings of earlier runs of a target. */
  known(target: Target): number
  readonly cwd: string
}

/** This part of the budget is split evenly: no target goes without, however harmless it looks. */
const FLOOR = 0.6
const DECIMALS = 10_000

interface Weighed {
  readonly weight: number
  readonly why: readonly string[]
}

/** Splits by how exposed a target is, what it may do to others, how large it is, and what earlier runs made of it. */
export function budgetsOf(question: BudgetQuestion): Budgets {
  const { all, own, live, counted } = question
  const before = counted || live ? undefined : testedBefore(question.cwd)
  const weighed = new Map(all.map((target) => [target.id, live ? EVEN : weigh(target, question, before)]))
  const sum = [...weighed.values()].reduce((total, { weight }) => total + weight, 0)
  const shareOf = (id: string): number => FLOOR / all.length + ((1 - FLOOR) * (weighed.get(id) ?? EVEN).weight) / sum
  const ownSum = own.reduce((total, { id }) => total + shareOf(id), 0)
  return {
    of: ({ id }, whole) => ({ ...whole, runs: whole.runs * shareOf(id), timeMs: (whole.timeMs * shareOf(id)) / ownSum }),
    told: (report) =>
      all.length < 2 || live
        ? report
        : {
            ...report,
            budget: { share: Math.round(shareOf(report.id) * DECIMALS) / DECIMALS, why: weighed.get(report.id)?.why ?? [] },
          },
    inOrder: (targets) => (counted ? targets : [...targets].sort((a, b) => shareOf(b.id) - shareOf(a.id))),
  }
}

const EVEN: Weighed = { weight: 1, why: [] }

function weigh(target: Target, { counted, known }: BudgetQuestion, before: ReadonlySet<string> | undefined): Weighed {
  const { lines, sinks } = codeOf(target)
  const found = counted ? 0 : known(target)
  const isNew = before !== undefined && !before.has(target.id)
  const factors: readonly (readonly [number, string])[] = [
    exposureOf(target),
    [1 + SINK * sinks.length, sinks.length === 0 ? '' : `its code names ${sinks.join(', ')}`],
    [Math.min(2, Math.max(0.5, Math.sqrt(lines / USUAL_LINES))), lines === 0 ? '' : `${lines} lines`],
    [isNew ? 1.5 : 1, isNew ? 'not tested by the last run' : ''],
    [found > 0 ? 1.5 : 1, found > 0 ? `${found} open finding${found === 1 ? '' : 's'} of earlier runs` : ''],
  ]
  return {
    weight: factors.reduce((product, [factor]) => product * factor, 1),
    why: factors.flatMap(([, why]) => (why === '' ? [] : [why])),
  }
}

const HTTP: readonly SourceId[] = ['apigw-v1', 'apigw-v2', 'apigw-websocket', 'function-url', 'alb']
/** They see a request before anybody knows whose it is; a mail may come from anywhere. */
const OPEN: readonly SourceId[] = ['authorizer-token', 'authorizer-request', 'ses']

/** The way in that is widest open. */
function exposureOf({ sources, triggers }: Target): readonly [number, string] {
  const ways = sources.map((source) => exposure(source, triggers[source]))
  return ways.reduce((widest, one) => (one[0] > widest[0] ? one : widest), [1, 'reached from inside'] as const)
}

function exposure(source: SourceId, { authorizer }: Trigger = {}): readonly [number, string] {
  if (OPEN.includes(source)) return [3, 'anybody reaches it']
  if (source === 'cognito') return [2, 'whoever signs up reaches it']
  if (!HTTP.includes(source)) return [1, 'reached from inside']
  if (authorizer === 'iam') return [1.5, 'HTTP for callers with AWS credentials']
  return authorizer === undefined || authorizer === 'none' ? [3, 'HTTP without an authorizer'] : [2, 'HTTP behind an authorizer']
}

const SINK = 0.2
const USUAL_LINES = 150
const MOST_BYTES = 1024 * 1024
const SINKS: readonly (readonly [string, RegExp])[] = [
  ['processes', /\bchild_process\b/],
  ['code from text', /\beval\s*\(|\bnew Function\b|\bnode:vm\b|['"]vm['"]/],
  ['files', /['"](?:node:)?fs(?:\/promises)?['"]/],
  ['SQL', /\b(?:pg|mysql2?|knex|sequelize|rds-data|redshift-data)\b/],
  ['tables', /\bdynamodb\b/i],
  ['other hosts', /\bfetch\s*\(|['"](?:node:)?https?['"]|\b(?:axios|undici|got)\b/],
  ['templates', /\b(?:ejs|handlebars|pug|nunjucks|mustache)\b/],
  ['mail', /\b(?:client-sesv?2?|nodemailer)\b/],
]

/** Lines of its own code, and what the code names that data can do harm with. */
function codeOf({ file }: Target): { readonly lines: number; readonly sinks: readonly string[] } {
  const texts = existsSync(file) ? [...madeOf(file).files].filter((one) => /\.[cm]?[jt]sx?$/.test(one)).map(textOf) : []
  return {
    lines: texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0),
    sinks: SINKS.filter(([, pattern]) => texts.some((text) => pattern.test(text))).map(([name]) => name),
  }
}

const textOf = (file: string): string => (statSync(file).size > MOST_BYTES ? '' : readFileSync(file, 'utf8'))

/** Functions that the last run tested; undefined where there is none that can be read: that is no reason to stop. */
function testedBefore(cwd: string): ReadonlySet<string> | undefined {
  try {
    const { targets } = JSON.parse(readFileSync(path.join(cwd, '.eventfuzz', 'last', 'report.json'), 'utf8')) as {
      readonly targets?: readonly Partial<TargetReport>[]
    }
    return new Set((targets ?? []).flatMap(({ id, status }) => (id !== undefined && status === 'tested' ? [id] : [])))
  } catch {
    return undefined
  }
}
