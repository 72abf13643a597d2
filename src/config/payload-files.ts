import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError, PACKAGE_ROOT, type PayloadFamily, readPackageJson } from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'
import { readUserJson } from './read-file.js'

/** The payload families of the package, and the user's own from `--payloads <dir>`. */
export const loadFamilies = (userDir: string | undefined): readonly PayloadFamily[] =>
  familiesIn([packaged('payloads/'), ...(userDir === undefined ? [] : [path.resolve(userDir)])])

/** Families for functions that are only seen from outside. */
export const loadOutside = (): readonly PayloadFamily[] => familiesIn([packaged('payloads/outside/')])

const packaged = (dir: string): string => fileURLToPath(new URL(dir, PACKAGE_ROOT))

function familiesIn(dirs: readonly string[]): readonly PayloadFamily[] {
  const check = ownSchema<PayloadFamily>(readPackageJson('schemas/payload.schema.json'))
  return dirs.flatMap((dir) =>
    filesOf(dir).map((file) => {
      const family = readUserJson(file, 'The payload file')
      if (check(family)) return family
      const [error] = check.errors ?? []
      throw new ConfigError(
        `The payload file ${file} is wrong at ${error?.instancePath || '/'}: it ${error?.message ?? 'does not fit the schema'}`,
      )
    }),
  )
}

function filesOf(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => path.join(dir, name))
  } catch (error) {
    throw new ConfigError(`The payload directory ${dir} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}
