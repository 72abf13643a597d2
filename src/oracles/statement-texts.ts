import { type Effect, type EffectOf, isJsonObject, type Json, type SqlDialect, type Trial } from '../model/index.js'

/** A statement or expression text that a sink was given, apart from its bound parameters. */
export interface StatementText {
  readonly effect: Effect
  readonly name: string
  readonly text: string
}

/** SQL texts: database drivers, RDS Data API, Redshift Data API, Athena. */
export function* sqlTexts(trial: Trial): Generator<StatementText & { readonly dialect: SqlDialect }> {
  for (const { effects } of trial.observations) {
    for (const effect of effects) {
      if (effect.kind === 'sql') yield { effect, name: 'statement', text: effect.text, dialect: effect.dialect }
      if (effect.kind !== 'aws') continue
      const [field, dialect] = SQL_FIELDS[effect.service] ?? []
      const text = field === undefined ? undefined : effect.params[field]
      if (typeof text === 'string') yield { effect, name: field!, text, dialect: dialect! }
    }
  }
}

const SQL_FIELDS: Readonly<Record<string, readonly [string, SqlDialect]>> = {
  'rds-data': ['sql', 'postgresql'],
  'redshift-data': ['Sql', 'postgresql'],
  athena: ['QueryString', 'athena'],
  postgres: ['sql', 'postgresql'],
  mysql: ['sql', 'mysql'],
}

/** Every text in the parameters of AWS calls, with the name of its parameter. */
export function* awsTexts(trial: Trial): Generator<StatementText & { readonly service: string }> {
  for (const { effects } of trial.observations) {
    for (const effect of effects) {
      if (effect.kind !== 'aws') continue
      for (const [name, text] of textsBelow(effect.params, () => true)) yield { effect, service: effect.service, name, text }
    }
  }
}

/** Texts in the parameters of DynamoDB calls whose key `wanted` accepts, at any depth (batches, transactions). */
export function* dynamodbTexts(trial: Trial, wanted: (key: string) => boolean): Generator<StatementText> {
  for (const { effects } of trial.observations) {
    for (const effect of effects) {
      if (effect.kind !== 'aws' || effect.service !== 'dynamodb') continue
      for (const [name, text] of textsBelow((effect as EffectOf<'aws'>).params, wanted)) yield { effect, name, text }
    }
  }
}

function* textsBelow(value: Json, wanted: (key: string) => boolean, name = ''): Generator<readonly [string, string]> {
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'string' && wanted(name)) yield [name, item]
      else yield* textsBelow(item, wanted, name)
    }
  }
  if (!isJsonObject(value)) return
  for (const [key, child] of Object.entries(value)) {
    if (typeof child === 'string' && wanted(key)) yield [key, child]
    else yield* textsBelow(child, wanted, key)
  }
}
