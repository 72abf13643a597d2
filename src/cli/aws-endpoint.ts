import { BlockList, isIP } from 'node:net'
import { ConfigError } from '../model/index.js'

const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(net, bits)
PRIVATE.addSubnet('fc00::', 7, 'ipv6')
PRIVATE.addAddress('::1', 'ipv6')

/** Names that only a machine itself or its containers know. */
const LOCAL_NAME = /^(?:[a-z0-9_-]+|.+\.localhost|.+\.local|host\.docker\.internal|localhost\.localstack\.cloud)$/i

/** An emulator of AWS near this machine: what a function is made to send by hostile events goes nowhere else. */
export function awsEndpoint(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new ConfigError(`--aws-endpoint takes the address of an emulator, such as http://localhost:4566, not '${text}'`)
  if (!isNear(url.hostname.replace(/^\[|\]$/g, '')))
    throw new ConfigError(
      `--aws-endpoint takes an emulator on this machine or in a private network: '${url.hostname}' is neither, and attacks are not sent there`,
    )
  return url.origin
}

function isNear(host: string): boolean {
  const family = isIP(host)
  return family === 0 ? LOCAL_NAME.test(host) : PRIVATE.check(host, family === 6 ? 'ipv6' : 'ipv4')
}
