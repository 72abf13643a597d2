import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'

const DAY_MS = 86_400_000

/** Issues a leaf per server name, under a CA that lives as long as one run and is never written to disk. */
export interface CertificateAuthority {
  /** PEM of the CA: what the harness adds to the trusted ones. */
  readonly pem: string
  /** Key and certificate for this name (also an IP address), cached. */
  contextFor(serverName: string): SecureContext
  /** For a client that names no server: good for loopback. */
  readonly fallback: SecureContextOptions
}

// A hostile client may ask for any number of names: forget the oldest.
const MOST_LEAVES = 200

/** A fresh CA; `now` is its time of issue. node:crypto cannot issue certificates and openssl is not on every machine. */
export function createAuthority(now: Date): CertificateAuthority {
  const ca = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const leafKey = leaf.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const signer = createPrivateKey(ca.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const issue = (subject: string, key: KeyObject, extensions: Buffer[]) =>
    pemOf(certificate({ issuer: 'eventfuzz CA', subject, key, extensions, now }, signer))
  const pem = issue('eventfuzz CA', ca.publicKey, [basicConstraintsCa, keyUsageCertSign])
  const leafFor = (...names: string[]): SecureContextOptions => {
    const cert = issue('eventfuzz', leaf.publicKey, [subjectAltName(names), extendedKeyUsageServer])
    return { key: leafKey, cert: `${cert}${pem}` }
  }
  const contexts = new Map<string, SecureContext>()
  return {
    pem,
    fallback: leafFor('localhost', '127.0.0.1', '::1'),
    contextFor(serverName) {
      const known = contexts.get(serverName)
      if (known !== undefined) return known
      const context = createSecureContext(leafFor(serverName))
      const oldest = contexts.size >= MOST_LEAVES ? contexts.keys().next().value : undefined
      if (oldest !== undefined) contexts.delete(oldest)
      contexts.set(serverName, context)
      return context
    },
  }
}

interface Certificate {
  readonly issuer: string
  readonly subject: string
  readonly key: KeyObject
  readonly extensions: readonly Buffer[]
  readonly now: Date
}

function certificate({ issuer, subject, key, extensions, now }: Certificate, signer: KeyObject): Buffer {
  const serial = randomBytes(16)
  serial[0] = (serial[0]! & 0x7f) | 0x40 // positive, and no leading zero octet
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))), // version 3
    integer(serial),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(utcTime(new Date(now.getTime() - DAY_MS)), utcTime(new Date(now.getTime() + 30 * DAY_MS))),
    commonName(subject),
    key.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  )
  return sequence(body, ecdsaWithSha256, bitString(sign('sha256', body, signer), 0))
}

function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(content.length)]), content])
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}

const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts)
const integer = (octets: Buffer): Buffer => tlv(0x02, octets)
const bitString = (octets: Buffer, unused: number): Buffer => tlv(0x03, Buffer.from([unused]), octets)
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'))
const utcTime = (at: Date): Buffer => tlv(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))
const commonName = (name: string): Buffer => sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(name)))))

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
const critical = tlv(0x01, Buffer.from([0xff]))
const basicConstraintsCa = sequence(oid('551d13'), critical, tlv(0x04, sequence(tlv(0x01, Buffer.from([0xff])))))
const keyUsageCertSign = sequence(oid('551d0f'), critical, tlv(0x04, bitString(Buffer.from([0x04]), 2)))
const extendedKeyUsageServer = sequence(oid('551d25'), tlv(0x04, sequence(oid('2b06010505070301'))))

/** subjectAltName: an iPAddress for an address, else a dNSName. */
function subjectAltName(names: readonly string[]): Buffer {
  const general = names.map((name) =>
    isIP(name) === 0 ? tlv(0x82, Buffer.from(name, 'latin1')) : tlv(0x87, addressOctets(name)),
  )
  return sequence(oid('551d11'), tlv(0x04, sequence(...general)))
}

function addressOctets(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = address.split('::')
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').map((g) => Number.parseInt(g, 16)))
  const left = groups(head)
  const right = tail === undefined ? [] : groups(tail)
  const all = [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
  return Buffer.from(all.flatMap((g) => [g >> 8, g & 0xff]))
}

const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`
