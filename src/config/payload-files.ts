import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError, PACKAGE_ROOT, type PayloadFamily, readPackageJson } from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'
import { dictionaryFamily } from './dictionary.js'
import { readUserFile, readUserJson } from './read-file.js'

/** The payload families of the package, and the user's own from `--payloads <dir>`: payload files, and dictionaries of libFuzzer. */
export function loadFamilies(userDir: string | undefined): readonly PayloadFamily[] {
  if (userDir === undefined) return familiesIn([packaged('payloads/')])
  const dir = path.resolve(userDir)
  const dictionaries = filesOf(dir, '.dict').map((file) => dictionaryFamily(file, readUserFile(file, 'The dictionary')))
  return [...familiesIn([packaged('payloads/'), dir]), ...dictionaries]
}

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
        `The payload file ${file} is wrong at ${error?.instancePath || '/'}: it ${error?.message ?? 'does not fit the schema'}${named(error?.params)}`,
      )
    }),
  )
}

/** Which name it is that should not be there, and which words would do. */
const named = ({ additionalProperty, allowedValues }: Readonly<Record<string, unknown>> = {}): string =>
  typeof additionalProperty === 'string'
    ? ` '${additionalProperty}'`
    : Array.isArray(allowedValues)
      ? ` (${allowedValues.join(', ')})`
      : ''

function filesOf(dir: string, ending = '.json'): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => path.join(dir, name))
  } catch (error) {
    throw new ConfigError(`The payload directory ${dir} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}
