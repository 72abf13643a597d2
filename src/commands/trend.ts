import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Report, SEVERITIES, type TrendPoint } from '../model/index.js'
import { isOpen } from '../report/open-findings.js'

const MOST = 40
const NAME = 'history.jsonl'

/** What the report says of its run in one line of history. */
export const trendPoint = ({ run, findings }: Report): TrendPoint => ({
  run: run.id,
  startedAt: run.startedAt,
  open: Object.fromEntries(
    SEVERITIES.map((severity) => [severity, findings.filter((one) => isOpen(one) && one.severity === severity).length]),
  ) as TrendPoint['open'],
  added: findings.filter(({ status }) => status === 'new' || status === 'regressed').length,
  fixed: findings.filter(({ status }) => status === 'fixed').length,
})

/** The last runs before this one, oldest first. A line that is cut or foreign is passed over: it is for looking at only. */
export function readTrend(dir: string): readonly TrendPoint[] {
  const file = path.join(dir, NAME)
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return lines.flatMap((line) => pointOf(line)).slice(-MOST)
}

function pointOf(line: string): TrendPoint[] {
  try {
    const value = JSON.parse(line) as TrendPoint
    const counts = [...SEVERITIES.map((severity) => value.open[severity]), value.added, value.fixed]
    const isPoint =
      typeof value.run === 'string' && typeof value.startedAt === 'string' && counts.every((n) => Number.isInteger(n) && n >= 0)
    return isPoint ? [value] : []
  } catch {
    return []
  }
}

export const writeTrend = (dir: string, points: readonly TrendPoint[]): void =>
  writeFileSync(
    path.join(dir, NAME),
    points
      .slice(-MOST)
      .map((point) => `${JSON.stringify(point)}\n`)
      .join(''),
    { mode: 0o600 },
  )
