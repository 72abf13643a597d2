import { readdirSync } from 'node:fs'
import path from 'node:path'
import { readUserFile } from '../config/index.js'
import { scrub } from '../events/capture/scrub.js'
import { sourceOf } from '../events/index.js'
import { caseMaker } from '../generate/index.js'
import { ConfigError, type Json, SOURCE_IDS, type SourceId, type Target } from '../model/index.js'

/** A captured event, as what its sender sent. */
interface Seed {
  readonly file: string
  readonly source: SourceId
  readonly wire: Json
}

const MOST = 500

/**
 * Captured events of a directory: `*.json` files of one event or a list of them. Those below a directory that bears a function's
 * id are for that function alone. Events of no known source are refused by name: a typo would go unseen otherwise.
 */
export function readSeeds(dir: string): readonly Seed[] {
  let names: string[]
  try {
    names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  } catch (error) {
    throw new ConfigError(`The seed events ${dir} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`)
  }
  if (names.length === 0) throw new ConfigError(`There are no seed events in ${dir}: it holds no .json file`)
  return names
    .sort()
    .flatMap((name) => seedsIn(dir, name))
    .slice(0, MOST)
}

function seedsIn(dir: string, name: string): readonly Seed[] {
  const file = path.join(dir, name)
  const text = readUserFile(file, 'The seed event')
  let parsed: Json
  try {
    parsed = JSON.parse(text) as Json
  } catch (error) {
    throw new ConfigError(`The seed event ${file} is not JSON: ${(error as Error).message.split('\n')[0]}`)
  }
  return (Array.isArray(parsed) ? parsed : [parsed]).map((event, i) => {
    for (const source of SOURCE_IDS) {
      const wire = sourceOf(source).fromEvent(event)
      if (wire !== undefined) return { file: name, source, wire: checked(file, source, scrub(wire)) }
    }
    throw new ConfigError(`The seed event ${file}${i === 0 ? '' : ` (number ${i + 1})`} is of none of ${SOURCE_IDS.join(', ')}`)
  })
}

/** What was captured must come out as a valid event again. */
function checked(file: string, source: SourceId, wire: Json): Json {
  const maker = caseMaker(sourceOf(source), {}, 1, [wire])
  if (maker.render(maker.templates([]).at(-1)!, 1) !== undefined) return wire
  throw new ConfigError(`The seed event ${file} is no valid ${source} event`)
}

/** Wire inputs for one unit of work. */
export const seedsFor = (seeds: readonly Seed[], targets: readonly Target[], target: Target, source: SourceId): readonly Json[] =>
  seeds
    .filter((seed) => {
      const owner = targets.find(({ id }) => seed.file.split(path.sep).slice(0, -1).includes(id))
      return seed.source === source && (owner === undefined || owner.id === target.id)
    })
    .map(({ wire }) => wire)
