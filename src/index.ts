/** Library entry: the report and its parts as types, for programs that read report.json. */

/** Types of eventfuzz.config.mjs, and a function that gives them to an editor. */
export { defineConfig, type UserConfig } from './config/config.js'
/** IAM's decision on one request, explained: identity, resource, boundary, session, SCP, RCP and endpoint policies together. */
export { type AccessDecision, type AccessRequest, evaluateAccess, type PolicyLayers } from './iam/index.js'
export type {
  Effect,
  Evidence,
  ExcessPermission,
  Finding,
  Observation,
  Oracle,
  Report,
  TargetReport,
  Trial,
  Verdict,
} from './model/index.js'
/** Values of your own: `defineStrategy({ id, at, arbitrary })` as the default export of a module that the configuration names. */
/** A rule of your own: `defineOracle({ id, title, severity, proof, ..., judge(trial) })` as the default export of a plug-in. */
export { defineOracle, defineStrategy, type Strategy } from './model/index.js'
