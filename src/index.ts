/** Library entry: the report and its parts as types, for programs that read report.json. */
export type { Evidence, ExcessPermission, Finding, Report, TargetReport } from './model/index.js'
