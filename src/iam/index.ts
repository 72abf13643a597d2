export { analysePermissions } from './analyse.js'
export { managedActions } from './platform.js'
export { type ParsedPolicies, type PolicyProblem, parsePolicies } from './policy.js'
export { snapshotOrigin } from './snapshot.js'
