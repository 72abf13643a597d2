import type { SidecarPaths } from '../model/index.js'

export type DatabaseKind = 'postgres' | 'mysql' | 'redis' | 'mongodb'

const PORTS: ReadonlyMap<number, DatabaseKind> = new Map([
  [5432, 'postgres'],
  [5433, 'postgres'],
  [3306, 'mysql'],
  [6379, 'redis'],
  [6380, 'redis'],
  [27017, 'mongodb'],
  [27018, 'mongodb'],
  [27019, 'mongodb'],
])
const SCHEMES: ReadonlyMap<string, readonly [DatabaseKind, number]> = new Map([
  ['postgres:', ['postgres', 5432]],
  ['postgresql:', ['postgres', 5432]],
  ['mysql:', ['mysql', 3306]],
  ['mariadb:', ['mysql', 3306]],
  ['redis:', ['redis', 6379]],
  ['rediss:', ['redis', 6379]],
  ['mongodb:', ['mongodb', 27017]],
  ['mongodb+srv:', ['mongodb', 27017]],
])
const NAMES: readonly (readonly [RegExp, DatabaseKind])[] = [
  [/^PG|POSTGRES|PSQL/i, 'postgres'],
  [/MYSQL|MARIA/i, 'mysql'],
  [/REDIS|VALKEY|ELASTICACHE/i, 'redis'],
  [/MONGO|DOCDB|DOCUMENTDB/i, 'mongodb'],
]

interface Named {
  readonly kind: DatabaseKind | undefined
  readonly host: string
  readonly port: number | undefined
}

/** Databases that the environment names: by URL, by `PGHOST` and `PGPORT`, by `DB_HOST` and `DB_PORT`. */
export function databasesIn(env: Readonly<Record<string, string | undefined>>): readonly Named[] {
  const named: Named[] = []
  for (const [name, value = ''] of Object.entries(env)) {
    const url = /^[a-z+]+:\/\//.test(value) && URL.canParse(value) ? new URL(value) : undefined
    const scheme = url && SCHEMES.get(url.protocol)
    if (url !== undefined && scheme !== undefined)
      named.push({ kind: scheme[0], host: url.hostname, port: Number(url.port) || scheme[1] })
    else if (/(^|_|PG)(HOST|HOSTNAME|ENDPOINT|SERVER)$/i.test(name) && /^[\w.-]+(:\d+)?$/.test(value))
      named.push(...hostOf(name, value, env))
  }
  return named
}

/** `DB_HOST` with `DB_PORT` beside it; only names that speak of a database. */
function hostOf(name: string, value: string, env: Readonly<Record<string, string | undefined>>): Named[] {
  const stem = name.replace(/(HOST|HOSTNAME|ENDPOINT|SERVER)$/i, '')
  const kind =
    kindOf(stem) ?? kindOf(env[`${stem}TYPE`] ?? env[`${stem}DIALECT`] ?? env[`${stem}CLIENT`] ?? env[`${stem}ENGINE`] ?? '')
  if (kind === undefined && !/DB|DATABASE|SQL|RDS|CACHE/i.test(stem)) return []
  const [host = '', port] = value.split(':')
  return [{ kind, host, port: Number(port ?? env[`${stem}PORT`]) || undefined }]
}

const kindOf = (name: string): DatabaseKind | undefined => NAMES.find(([pattern]) => pattern.test(name))?.[1]

/** The replica set that a URL of the environment asks for; the usual name where none does. */
export function replicaSetIn(env: Readonly<Record<string, string | undefined>>): string {
  for (const value of Object.values(env)) {
    const set = /^mongodb(?:\+srv)?:\/\/.*[?&]replicaSet=([\w.-]+)/i.exec(value ?? '')?.[1]
    if (set !== undefined) return set
  }
  return 'rs0'
}

/** `mongodb+srv://` finds its servers by a service record: one there is, below the same domain, as its driver demands. */
export function serverOf(host: string): { readonly name: string; readonly port: number } | undefined {
  const domain = /^_mongodb\._tcp\.(.+)$/.exec(host)?.[1]
  if (domain === undefined) return undefined
  const labels = domain.split('.')
  return { name: `shard-0.${labels.length > 2 ? labels.slice(1).join('.') : domain}`, port: 27017 }
}

/** Which of the sidecar's sockets answers for a host and a port. The environment is asked anew: a function may fill it itself. */
export function databaseRoutes(sockets: SidecarPaths, env: Readonly<Record<string, string | undefined>>) {
  return {
    isHost: (host: string): boolean => databasesIn(env).some((named) => named.host === host),
    socketOf(host: string, port: number): string | undefined {
      const known = PORTS.get(port)
      if (known !== undefined) return sockets[known]
      const named = databasesIn(env).find((each) => each.port === port && each.host === host && each.kind !== undefined)
      return named?.kind === undefined ? undefined : sockets[named.kind]
    },
  }
}
