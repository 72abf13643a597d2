import { type CaseMaker, getAt, type Target, type Trial, tokensOf } from '../model/index.js'
import { answered } from './refused.js'
import type { Runner } from './runner.js'

type Format = '1.0' | '2.0'
const AUTHORIZER = 'authorizer-request'
const STREAM = 'dynamodb-stream'
const MOST_KEYS = 2

/** Makes cases of a source for a target whose triggers are known better than before. */
export type MakerOf = (target: Target) => CaseMaker

/** A maker of what the function is written for, where nobody says so: a payload format, the names of a table's keys. */
export async function askedMaker(runner: Runner, makerOf: MakerOf, target: Target): Promise<CaseMaker> {
  const maker = makerOf(target)
  const known = target.triggers[maker.source] ?? {}
  const learnt =
    maker.source === AUTHORIZER && known.payloadFormat === undefined
      ? await askedFormat(runner, maker)
      : maker.source === STREAM && known.keys === undefined
        ? await askedKeys(runner, maker, (keys) => makerOf(withTrigger(target, STREAM, { keys })))
        : undefined
  return learnt === undefined ? maker : makerOf(withTrigger(target, maker.source, learnt))
}

const withTrigger = (target: Target, source: CaseMaker['source'], more: object): Target => ({
  ...target,
  triggers: { ...target.triggers, [source]: { ...target.triggers[source], ...more } },
})

/** A function that answers events of one format and ends in an error for each of the other is not deployed for that one. */
async function askedFormat(runner: Runner, maker: CaseMaker): Promise<{ payloadFormat: Format } | undefined> {
  const trials = await runner.tryAll(maker, [...maker.templates([])], { full: true })
  // Only HTTP APIs understand this answer, and only in this format.
  if (trials.some(answersSimply)) return { payloadFormat: '2.0' }
  const formats = trials.filter(answered).map((trial) => getAt(trial.case.wire, '/format') as Format)
  const [only, ...others] = [...new Set(formats)]
  return only === undefined || others.length > 0 ? undefined : { payloadFormat: only }
}

const answersSimply = ({ observations }: Trial): boolean => {
  const outcome = observations.at(-1)?.outcome
  return outcome?.kind === 'returned' && /^\{"isAuthorized":(?:true|false)[,}]/.test(outcome.text)
}

type Keys = Record<string, 'S' | 'N'>

/** The names that the function looks for among the keys of a record, and the type of each that it takes. */
async function askedKeys(
  runner: Runner,
  maker: CaseMaker,
  makerWith: (keys: Keys) => CaseMaker,
): Promise<{ keys: Keys } | undefined> {
  const names = [...(await missingKeys(runner, maker))].map(([name = '']) => name).slice(0, MOST_KEYS)
  if (names.length === 0) return undefined
  const texts: Keys = Object.fromEntries(names.map((name) => [name, 'S'] as const))
  const numbers = [...(await missingKeys(runner, makerWith(texts)))].flatMap(([name = '', type]) => (type === 'N' ? [name] : []))
  return { keys: { ...texts, ...Object.fromEntries(numbers.map((name) => [name, 'N'] as const)) } }
}

async function missingKeys(runner: Runner, maker: CaseMaker): Promise<Iterable<readonly string[]>> {
  const trials = await runner.tryAll(maker, [...maker.templates([])], { mode: 'discover' })
  const paths = trials.flatMap(keysIn)
  return new Map(paths.map((path) => [path.join('/'), path])).values()
}

/** `/Records/0/dynamodb/Keys/title/S`: what was looked for among the keys and is not there. */
const keysIn = ({ observations }: Trial): readonly (readonly string[])[] =>
  (observations[0]?.missing ?? [])
    .map((pointer) => tokensOf(pointer))
    .flatMap((path) =>
      path[0] === 'Records' && path[3] === 'Keys' && path.length > 4 && !path.join('').includes('#') ? [path.slice(4)] : [],
    )
