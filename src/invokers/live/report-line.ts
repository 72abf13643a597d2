/** What the platform says of one invocation at the end of its log. */
export interface PlatformReport {
  readonly durationMs: number
  readonly billedMs: number
  readonly memoryMb: number
  readonly maxMemoryMb: number
}

const REPORT =
  /^REPORT RequestId: (\S+)\tDuration: ([\d.]+) ms\tBilled Duration: (\d+) ms\tMemory Size: (\d+) MB\tMax Memory Used: (\d+) MB/

/** The report of this very invocation: functions may print lines that look like one. */
export function platformReport(log: string, requestId: string | null): PlatformReport | undefined {
  for (const line of log.split('\n').reverse()) {
    const found = plain(line) ?? json(line)
    if (found !== undefined && (requestId === null || found.id === requestId)) return found.report
  }
  return undefined
}

interface Found {
  readonly id: string
  readonly report: PlatformReport
}

function plain(line: string): Found | undefined {
  const [, id, ...numbers] = REPORT.exec(line) ?? []
  const [durationMs, billedMs, memoryMb, maxMemoryMb] = numbers.map(Number)
  if (id === undefined || durationMs === undefined || billedMs === undefined) return undefined
  return { id, report: { durationMs, billedMs, memoryMb: memoryMb ?? 0, maxMemoryMb: maxMemoryMb ?? 0 } }
}

interface JsonReport {
  readonly type?: unknown
  readonly record?: { readonly requestId?: unknown; readonly metrics?: Readonly<Record<string, unknown>> }
}

/** Functions with the log format JSON. */
function json(line: string): Found | undefined {
  if (!line.includes('"platform.report"')) return undefined
  let value: JsonReport
  try {
    value = JSON.parse(line) as JsonReport
  } catch {
    return undefined // Cut off at the beginning of the tail, or the function's own text.
  }
  const { requestId, metrics = {} } = value.record ?? {}
  const number = (name: string) => (typeof metrics[name] === 'number' ? metrics[name] : 0)
  if (value.type !== 'platform.report' || typeof requestId !== 'string') return undefined
  return {
    id: requestId,
    report: {
      durationMs: number('durationMs'),
      billedMs: number('billedDurationMs'),
      memoryMb: number('memorySizeMB'),
      maxMemoryMb: number('maxMemoryUsedMB'),
    },
  }
}

/** The log without the lines of the platform. */
export const ownLog = (log: string): string =>
  log
    .split('\n')
    .filter((line) => !/^(?:START|END|REPORT|INIT_START) |^XRAY |"type":"platform\.\w+"/.test(line))
    .join('\n')
