import { type CaseMaker, type Draft, type InsertionPoint, SLOT, type Trial } from '../model/index.js'
import { refusal } from './refused.js'
import type { SourceWords } from './source-words.js'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A field and a value that belong together: compared in the source, or named by the function's own refusal. */
export function keyed(
  maker: CaseMaker,
  draft: Draft,
  trial: Trial,
  { literals, pairs: compared }: Pick<SourceWords, 'literals' | 'pairs'>,
): readonly (readonly [key: string, draft: Draft])[] {
  const points = maker.points(draft).filter((point) => point.kind === 'leaf')
  return [...refusedPairs(trial, points, literals), ...compared].flatMap(({ name, literal }) =>
    points
      .filter((point) => isNamed(point, name))
      .map((point) => [`${point.wire} ${literal}`, maker.withValue(draft, point, literal)] as const),
  )
}

/** `report must be one of sales, stock`: the function says itself which field it refuses and what it would take. */
function refusedPairs(
  trial: Trial,
  points: readonly InsertionPoint[],
  literals: readonly string[],
): { name: string; literal: string }[] {
  const outcome = trial.observations.at(-1)?.outcome
  const text = outcome?.kind === 'returned' ? refusal(outcome.text) : outcome?.kind === 'threw' ? outcome.message : ''
  const words = [...new Set(text.match(/[A-Za-z0-9_][\w:.+-]{0,39}/g) ?? [])].filter((word) => !/^ef[a-z2-7]{10}z/.test(word))
  const names = points
    .map((point) => point.wire.split('/'))
    .flatMap((tokens) => tokens.slice(-2))
    .filter((name) => words.includes(name))
  const values = words.map((word) => word.replace(/[.:]$/, '')).filter((word) => literals.includes(word) || /\d/.test(word))
  return names.flatMap((name) => values.filter((literal) => literal !== name).map((literal) => ({ name, literal })))
}

const MOST_ROUTES = 10

/** `GET /orders/{id}` and `/orders/{id}`: what routers in the function compare with. */
export const routesIn = (literals: readonly string[]): readonly string[] =>
  literals
    .filter((text) => /^(?:(?:GET|POST|PUT|PATCH|DELETE|ANY) )?\/[\w{}+:./-]{0,200}$/.test(text))
    .map((text) => text.replace(/\/:(\w+)/g, '/{$1}'))
    // Which methods it takes is seen when it is compared.
    .map((text) => (text.startsWith('/') ? `ANY ${text}` : text))
    .slice(0, MOST_ROUTES)

const isNamed = (point: InsertionPoint, name: string): boolean => point.wire.toLowerCase().split('/').includes(name.toLowerCase())

function literalsFor(point: InsertionPoint, literals: readonly string[]): readonly string[] {
  if (point.wire === '/method') return METHODS
  if (point.wire === '/path')
    return literals.filter((text) => text.startsWith('/')).map((text) => text.replace(/[:{]\w+\}?/g, SLOT))
  if (point.wire === '/userAgent') return []
  return literals.filter((text) => !/^[./@]|^node:|\s/.test(text)).slice(0, 40)
}

/** Each literal in each field of its own. */
export const anyKeys = (maker: CaseMaker, draft: Draft, literals: readonly string[]): readonly Draft[] =>
  maker
    .points(draft)
    .filter((point) => point.kind === 'leaf')
    .flatMap((point) => literalsFor(point, literals).map((literal) => maker.withValue(draft, point, literal)))
