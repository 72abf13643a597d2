import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { ConfigError, type DrawnStrategy, type Json, SOURCE_IDS } from '../model/index.js'

const DRAWING_MS = 10_000
const VALUES = 100

interface Answer {
  readonly strategy: Partial<DrawnStrategy> | null
  readonly values?: readonly Json[]
  readonly error?: string
}

/**
 * Values of the user's strategies, the same for the same seed. Each module is loaded in a thread of its own; ConfigError for one that
 * cannot be loaded or used, or that takes longer than ten seconds.
 */
export async function drawStrategies(
  files: readonly string[],
  seed: number,
  mostMs = DRAWING_MS,
): Promise<readonly DrawnStrategy[]> {
  const drawn: DrawnStrategy[] = []
  for (const file of files) {
    const name = path.basename(file)
    for (const answer of await drawnFrom(file, seed, mostMs)) drawn.push(checked(answer, name))
  }
  const twice = drawn.find(({ id }, i) => drawn.findIndex((one) => one.id === id) !== i)
  if (twice !== undefined) throw new ConfigError(`There are two strategies with the id '${twice.id}'`)
  return drawn
}

async function drawnFrom(file: string, seed: number, mostMs: number): Promise<readonly Answer[]> {
  const worker = new Worker(new URL('./strategies-worker.js', import.meta.url), {
    workerData: { url: pathToFileURL(file).href, seed, count: VALUES },
    stdout: true,
  })
  // stdout is the report's.
  worker.stdout.on('data', (text: Buffer) => process.stderr.write(text))
  try {
    return await new Promise((resolve, reject) => {
      const failed = (why: string) => reject(new ConfigError(`The strategies of ${path.basename(file)} cannot be loaded: ${why}`))
      const timer = setTimeout(() => failed(`they took longer than ${mostMs / 1000} s`), mostMs)
      const settle = (done: () => void) => {
        clearTimeout(timer)
        done()
      }
      worker.once('message', (answers: readonly Answer[]) => settle(() => resolve(answers)))
      worker.once('error', (error: Error) => settle(() => failed(String(error?.message ?? error).split('\n')[0]!)))
      worker.once('exit', () => settle(() => failed('their thread ended')))
    })
  } finally {
    await worker.terminate()
  }
}

function checked({ strategy, values, error }: Answer, file: string): DrawnStrategy {
  const wrong = (what: string) => new ConfigError(`The module ${file} has a strategy that cannot be used: ${what}`)
  if (strategy === null) throw wrong('its default export is no strategy and no list of strategies')
  const { id, at, sources = [], honest = false } = strategy
  if (typeof id !== 'string' || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))
    throw wrong(`its id is ${JSON.stringify(id)}, not a-name-like-this`)
  if (typeof at !== 'string' || !/^(?:\/[^/]+|#[a-z0-9]+)+/.test(at))
    throw wrong(`'${id}' is at ${JSON.stringify(at)}, no place like /body#json/name`)
  const unknown = Array.isArray(sources) ? sources.find((source) => !SOURCE_IDS.includes(source)) : sources
  if (unknown !== undefined) throw wrong(`'${id}' names the source ${JSON.stringify(unknown)}; known: ${SOURCE_IDS.join(', ')}`)
  if (typeof honest !== 'boolean') throw wrong(`honest of '${id}' is neither true nor false`)
  if (error !== undefined || values === undefined) throw wrong(`'${id}' makes no values (${error})`)
  return { id, at, sources, honest, values }
}
