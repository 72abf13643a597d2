import { sourceId } from '../../config/index.js'
import { newTarget } from '../../config/new-target.js'
import { ConfigError, type LiveConfig, type LivePlace, type Target } from '../../model/index.js'

/** A target and where it really runs. */
export interface Place {
  readonly target: Target
  readonly kind: LivePlace
  /** As the user named it. */
  readonly word: string
  /** Function name or ARN without a qualifier; the URL of an HTTP place. */
  readonly name: string
  readonly qualifier: string | undefined
  /** Of the ARN. */
  readonly region: string | undefined
}

export interface PlaceOptions {
  readonly events: readonly string[]
  readonly timeoutMs: number | undefined
  readonly memoryMb: number | undefined
  readonly endpoint: string | undefined
}

/** True for a word that can only be something that runs elsewhere. */
export const isRemoteWord = (word: string): boolean => /^(?:https?:|arn:)/.test(word)

/**
 * Where the words lead: URLs, ARNs, names at an endpoint, and functions of this project that the configuration knows a place of
 * (all of these without a word). `known`: the project's functions, whose code says what is worth trying.
 */
export function placesOf(
  words: readonly string[],
  known: readonly Target[],
  live: LiveConfig | undefined,
  options: PlaceOptions,
): readonly Place[] {
  const mapped = live?.targets ?? {}
  const named = words.length === 0 ? Object.keys(mapped) : words
  if (named.length === 0)
    throw new ConfigError(
      '--live needs to know what to attack: name a URL or an ARN, or write live.targets into the configuration',
    )
  return named.map((word) => {
    const where = Object.hasOwn(mapped, word) ? mapped[word]! : word
    const local = known.find(({ id }) => id === word)
    if (Object.hasOwn(mapped, word) && local === undefined && options.events.length === 0)
      throw new ConfigError(`live.targets of the configuration names '${word}', which is no function of this project`)
    return placeOf(word, where, local, options)
  })
}

const ARN = /^arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):function:([A-Za-z0-9_-]{1,64})(?::([A-Za-z0-9_$-]{1,128}))?$/
const NAME = /^([A-Za-z0-9_-]{1,140})(?::([A-Za-z0-9_$-]{1,128}))?$/

function placeOf(word: string, where: string, local: Target | undefined, options: PlaceOptions): Place {
  if (/^https?:/.test(where))
    return { ...at(word, 'http', options, local), name: urlOf(where), qualifier: undefined, region: undefined }
  const kind = options.endpoint === undefined ? 'aws' : 'loopback'
  const arn = ARN.exec(where)
  if (arn !== null) {
    const [, region, account, name, qualifier] = arn
    return {
      ...at(word, kind, options, local),
      name: `${where.split(':function:')[0]}:function:${name}`,
      qualifier,
      region: account && region,
    }
  }
  if (where.startsWith('arn:')) throw new ConfigError(`'${where}' is no ARN of a Lambda function`)
  const [, name, qualifier] = NAME.exec(where) ?? []
  if (name === undefined || (kind === 'aws' && local === undefined && where === word))
    throw new ConfigError(`'${word}' is nothing that --live can attack: name a URL, a function ARN, or an id of live.targets`)
  return { ...at(word, kind, options, local), name, qualifier, region: undefined }
}

function at(
  word: string,
  kind: LivePlace,
  options: PlaceOptions,
  local: Target | undefined,
): Pick<Place, 'target' | 'kind' | 'word'> {
  const target = local ?? newTarget({ id: word, file: word, root: '' })
  const sources = options.events.length > 0 ? options.events.map(sourceId) : target.sources
  if (sources.length === 0) throw new ConfigError(`Say what triggers ${word}: --event <source>`)
  const { timeoutMs = target.timeoutMs, memoryMb = target.memoryMb } = options
  return { target: { ...target, sources, timeoutMs, memoryMb }, kind, word }
}

function urlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new ConfigError(`'${text}' is no URL that requests can be sent below: leave out user, query and fragment`)
  return url.href
}

/** With its qualifier, as the command line takes it. */
export const nameOf = ({ name, qualifier }: Place): string => (qualifier === undefined ? name : `${name}:${qualifier}`)

/** As reports name it: `aws arn:...`. */
export const whereText = (place: Place): string => `${place.kind} ${nameOf(place)}`
