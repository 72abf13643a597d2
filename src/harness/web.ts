import net from 'node:net'
import { fitsPattern, type WebMode } from '../model/web.js'

/** What is spoken on these ports above 3000 is no HTTP that a made-up answer would help: databases, brokers, mail, chat, RPC. */
const OTHERS = new Set([
  ...[3268, 3269, 3306, 3307, 3389, 4222, 4317, 4369, 5044, 5060, 5061, 5222, 5223, 5269, 5432, 5433, 5439, 5671, 5672, 5900],
  ...[6379, 6380, 6381, 6432, 6514, 6667, 6697, 7000, 7001, 7687, 8125, 8883, 9042, 9092, 9093, 9094, 9096, 9098, 9142, 9160],
  ...[9300, 11211, 11300, 24224, 26257, 27017, 27018, 27019, 28015, 33060, 50000, 50051, 61613, 61614, 61616, 61617],
])
/** Nobody's API: this machine, and what a cloud tells of itself. */
const OWN =
  /^(?:localhost|.*\.localhost|0\.0\.0\.0|127\..*|169\.254\..*|\[?(?:::|::1|::ffff:(?:127\.|169\.254\.|0\.).*|fe80:.*|fd00:ec2:.*)\]?)$/i

let mode: WebMode | undefined

/** From now on requests are made for an event of this mode. */
export const setWebMode = (wanted: WebMode | undefined): void => {
  mode = wanted
}

export const webMode = (): WebMode | undefined => mode

const isHost = (host: string): boolean => host !== '' && !OWN.test(host) && !host.startsWith('/')

const speaksHttp = (port: number): boolean => port === 80 || port === 443 || (port >= 3000 && !OTHERS.has(port))

/**
 * Whether a connection is answered as HTTP: where HTTP is usual, or where the user answers. `given`: hosts of the user's fixtures.
 * By address as by name, since a private address may be an API of the owner's.
 */
export function isAnswered(host: string, port: number, api: string, given: readonly string[]): boolean {
  if (port === 0 || api.startsWith('dgram.')) return false
  const name = net.isIP(host) === 6 ? `[${host}]` : host
  if (given.some((pattern) => fitsPattern(pattern, name) || fitsPattern(pattern, `${name}:${port}`))) return true
  return mode !== 'refused' && isHost(host) && speaksHttp(port)
}
