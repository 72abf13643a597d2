import { existsSync } from 'node:fs'
import path from 'node:path'
import { readUserJson } from '../config/index.js'
import { type RoleUser, roleUsers, type User } from './permissions.js'
import type { Share } from './share.js'
import type { Resolved } from './targets.js'

/** roles.json of a run that is one of several: what it takes to judge roles by the functions of all of them. */
export interface RolesFile {
  readonly schemaVersion: 1
  readonly tested: readonly RoleUser[]
  /** All functions that may use one of the roles. */
  readonly users: readonly User[]
}

export const rolesOf = ({ targets, functions }: Resolved, { elsewhere }: Share, tested: ReadonlySet<string>): RolesFile => ({
  schemaVersion: 1,
  tested: roleUsers(targets.filter(({ id }) => tested.has(id))),
  users: [...functions, ...targets, ...elsewhere].map(({ id, role }) => ({ id, role })),
})

/** Undefined where a run has none. */
export function readRoles(dir: string): RolesFile | undefined {
  const file = path.join(dir, 'roles.json')
  return existsSync(file) ? (readUserJson(file, 'The roles of a run', 64 * 1024 * 1024) as unknown as RolesFile) : undefined
}
