import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const SCOPE = new URL('../../node_modules/@aws-sdk/', import.meta.url)

interface Client {
  readonly config: { readonly signingName?: string; readonly defaultSigningName?: string }
}

/** Every command that the installed SDK clients export, with the signing name of its service. */
export function commandsOfClients(): readonly {
  readonly client: string
  readonly service: string
  readonly operation: string
}[] {
  const clients = readdirSync(SCOPE).filter((name) => name.startsWith('client-'))
  return clients.flatMap((client) => {
    const exported = require(`@aws-sdk/${client}`) as Record<string, new (config: object) => Client>
    const name = Object.keys(exported).find((key) => /[a-z0-9]Client$/i.test(key) && !key.startsWith('_'))
    const { config } = new exported[name!]!({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
    const service = config.signingName ?? config.defaultSigningName ?? client
    const commands = Object.keys(exported).filter((key) => key.endsWith('Command') && key !== '$Command')
    return commands.map((key) => ({ client, service, operation: key.slice(0, -'Command'.length) }))
  })
}
