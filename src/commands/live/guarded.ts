import { existsSync } from 'node:fs'
import { failureOf } from '../../invokers/live/failures.js'
import { type Facts, guards, refusals } from '../../invokers/live/guards.js'
import { type ClientOptions, type Clients, lambdaClient } from '../../invokers/live/lambda-client.js'
import { askOf, callerOf, type Deployed, regionOf } from '../../invokers/live/lambda-facts.js'
import { ConfigError, type LiveConfig, TargetError } from '../../model/index.js'
import type { Place } from './places.js'

/** A place that every guard lets through. */
export interface Guarded {
  readonly place: Place
  /** Undefined for HTTP. */
  readonly clients: Clients | undefined
  readonly caller: Facts['caller']
  readonly region: string | undefined
  readonly deployed: Deployed | undefined
}

export interface GuardOptions {
  readonly flag: boolean
  readonly config: LiveConfig | undefined
  readonly client: Omit<ClientOptions, 'timeoutMs' | 'concurrency'>
}

/** What needs nobody to be asked: a place that fails here is not even looked up. */
const LOCAL = new Set(['flag', 'config', 'owner', 'budget', 'stop-file', 'production', 'endpoint', 'url', 'encrypted'])

/** Looks at every place, asks AWS about it, and throws one line that names what is in the way of the first one that is refused. */
export async function guarded(places: readonly Place[], options: GuardOptions): Promise<readonly Guarded[]> {
  for (const place of places) refuse(place, known(place, options), LOCAL)
  const done: Guarded[] = []
  for (const place of places) done.push(place.kind === 'aws' ? await asked(place, options) : near(place, options))
  return done
}

function known(place: Place, { flag, config, client }: GuardOptions): Facts {
  const url = place.kind === 'http' ? place.name : client.endpoint
  return {
    ...{ place: place.kind, flag, config, word: `${place.name}${place.qualifier === undefined ? '' : `:${place.qualifier}`}` },
    stopFileExists: config !== undefined && existsSync(config.stopFile),
    ...(url !== undefined && { url }),
  }
}

function refuse(place: Place, facts: Facts, only?: ReadonlySet<string>): void {
  const found = refusals(facts, only === undefined ? guards : guards.filter(({ id }) => only.has(id)))
  const [first] = found
  if (first !== undefined) throw new ConfigError(`${place.word} is not attacked: ${first.why}`)
}

function near(place: Place, { config, client }: GuardOptions): Guarded {
  const { timeoutMs } = place.target
  const clients =
    place.kind === 'http' ? undefined : lambdaClient({ ...client, timeoutMs, concurrency: config?.budget.concurrency ?? 1 })
  return { place, clients, caller: undefined, region: undefined, deployed: undefined }
}

/** Lambda's longest timeout: it is not known before the function is asked for. */
const LONGEST_MS = 900_000

async function asked(place: Place, options: GuardOptions): Promise<Guarded> {
  const region = place.region ?? options.client.region
  const client = { ...options.client, region, timeoutMs: LONGEST_MS, concurrency: options.config?.budget.concurrency ?? 1 }
  const clients = lambdaClient(client)
  try {
    const settled = await regionOf(clients.lambda)
    if (settled === undefined)
      throw new ConfigError(`${place.word}: no region is known: give --region, or AWS_REGION, or a function ARN`)
    const caller = await callerOf({ ...client, region: settled })
    const { deployed, ...facts } = await askOf(clients, place.name, place.qualifier)
    refuse(place, { ...known(place, options), caller, region: settled, ...facts })
    return { place, clients, caller, region: settled, deployed }
  } catch (error) {
    clients.lambda.destroy()
    throw error instanceof ConfigError ? error : unavailable(error, place)
  }
}

function unavailable(error: unknown, { word }: Place): Error {
  const failed = failureOf(error, word)
  if (failed.kind === 'throttled') return new TargetError(`${word}: AWS is asked too often: try again later`)
  return failed.kind === 'refused' && failed.exit === 2 ? new ConfigError(failed.why) : new TargetError(failed.why)
}
