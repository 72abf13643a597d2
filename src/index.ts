/** Library entry: the report and its parts as types, for programs that read report.json. */

/** Types of eventfuzz.config.mjs, and a function that gives them to an editor. */
export { defineConfig, type UserConfig } from './config/config.js'
export type { Evidence, ExcessPermission, Finding, Report, TargetReport } from './model/index.js'
