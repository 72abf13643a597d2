import { readFileSync } from 'node:fs'
import net from 'node:net'
import { expect } from 'chai'
import { type OpenSidecar, openSidecar } from '../aws/run-redirected.js'

type Service = 'postgres' | 'mysql' | 'redis' | 'mongodb'
const SERVICES: readonly Service[] = ['postgres', 'mysql', 'redis', 'mongodb']

/** Sends bytes, piece by piece, and gives what came back until the server hung up or fell silent. */
function talk(path: string, pieces: readonly Buffer[], silentMs = 150): Promise<Buffer> {
  return new Promise((resolve) => {
    const answers: Buffer[] = []
    const socket = net.connect(path)
    const end = () => {
      socket.destroy()
      resolve(Buffer.concat(answers))
    }
    let timer = setTimeout(end, silentMs)
    socket.on('data', (bytes) => {
      answers.push(bytes)
      clearTimeout(timer)
      timer = setTimeout(end, silentMs)
    })
    socket.on('error', () => undefined)
    socket.on('close', end)
    for (const piece of pieces) socket.write(piece)
  })
}

/** Bytes that look random and are the same in every run. */
function noise(length: number, seed: number): Buffer {
  let state = seed
  const next = () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return state >> 16
  }
  return Buffer.from(Array.from({ length }, next))
}

const STARTUP = Buffer.from('\0\0\0\x10\0\x03\0\0user\0a\0\0', 'latin1')
const LOGIN = Buffer.concat([Buffer.from([36, 0, 0, 1, 0, 0x82, 0, 0]), Buffer.alloc(28), Buffer.from('a\0\0\0', 'latin1')])
/** An OP_MSG with one section of kind 0. */
const message = (document: Buffer, opcode = 2013): Buffer => {
  const head = Buffer.alloc(21)
  head.writeInt32LE(21 + document.length)
  head.writeInt32LE(1, 4)
  head.writeInt32LE(opcode, 12)
  return Buffer.concat([head, document])
}
const HELLO = Buffer.from('\x10\0\0\0\x10hello\0\x01\0\0\0\0', 'latin1')
/** Documents in one another, each said to be as long as it is. */
function nested(depth: number): Buffer {
  const bytes = Buffer.alloc(8 * depth + 5)
  for (let i = 0; i < depth; i++) {
    bytes.writeInt32LE(bytes.length - 8 * i, 7 * i)
    bytes.write('\x03a\0', 7 * i + 4, 'latin1')
  }
  return bytes
}
const BEGIN: Readonly<Record<Service, Buffer>> = {
  postgres: STARTUP,
  mysql: LOGIN,
  redis: Buffer.from('PING\r\n'),
  mongodb: message(HELLO),
}

const HOSTILE: Readonly<Record<Service, readonly Buffer[]>> = {
  postgres: [
    Buffer.from('Q\xff\xff\xff\xff', 'latin1'),
    Buffer.from('Q\x7f\xff\xff\xff', 'latin1'),
    Buffer.from('Q\0\0\0\x04', 'latin1'),
    Buffer.from('P\0\0\0\x0aa\0b\0\xff\xff', 'latin1'),
    Buffer.from('B\0\0\0\x0a\0\0\xff\xff\0\0', 'latin1'),
    Buffer.from('E\0\0\0\x09x\0\0\0\0', 'latin1'),
    Buffer.from('D\0\0\0\x06Q\0', 'latin1'),
    Buffer.from('\x01\0\0\0\x04'.repeat(5_000), 'latin1'),
  ],
  mysql: [
    Buffer.from([0xff, 0xff, 0xff, 0, 3]),
    Buffer.from([0, 0, 0, 0]),
    Buffer.from([1, 0, 0, 0, 0x17]),
    Buffer.from([10, 0, 0, 0, 0x17, 1, 0, 0, 0, 0, 1, 0, 0, 0]),
    Buffer.from([9, 0, 0, 0, 0x16, ...Buffer.from('SELECT ?'), 11, 0, 0, 0, 0x17, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
    Buffer.from([1, 0, 0, 0, 0x99]),
  ],
  redis: [
    Buffer.from('*-5\r\n*0\r\n\r\n'),
    Buffer.from('*999999999\r\n'),
    Buffer.from('*1\r\n$99999999999\r\n'),
    Buffer.from('*1\r\n$-7\r\n'),
    Buffer.from('*2\r\n:1\r\n'),
    Buffer.from('x'.repeat(200_000)),
    Buffer.from('*1\r\n$3\r\nGET\r\n*2\r\n$4\r\nLPOP\r\n$1\r\n\0\r\n'),
  ],
  mongodb: [
    Buffer.from('\xff\xff\xff\xff', 'latin1'),
    Buffer.from('\x10\0\0\0\x01\0\0\0\0\0\0\0\xdd\x07\0\0', 'latin1'),
    message(HELLO, 2012),
    message(Buffer.from('\x08\0\0\0\x99a\0\0', 'latin1')),
    message(Buffer.from('\x10\0\0\0\x02a\0\xff\xff\xff\x7fabc\0', 'latin1')),
    message(Buffer.from('\xff\xff\xff\x7f', 'latin1')),
    message(nested(30_000)),
    Buffer.concat([message(HELLO).subarray(0, 20), Buffer.from('\x01\x09\0\0\0abcd', 'latin1')]),
  ],
}

const memoryOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

describe('hostile clients of the databases', function () {
  this.timeout(60_000)
  let open: OpenSidecar
  before(async () => {
    open = await openSidecar()
  })
  after(() => open[Symbol.asyncDispose]())

  /** The sidecar still serves an honest client. */
  const isWell = async (service: Service): Promise<void> => {
    const answer = await talk(open.sockets[service], [BEGIN[service]])
    expect(answer.length).to.be.greaterThan(5)
  }

  for (const service of SERVICES) {
    it(`${service}: survives garbage, before and after the beginning`, async () => {
      const begun = Array.from({ length: 40 }, (_, i) => [BEGIN[service], noise(1 + i * 37, i)])
      const raw = Array.from({ length: 40 }, (_, i) => [noise(1 + i * 37, i + 99)])
      await Promise.all([...begun, ...raw].map((pieces) => talk(open.sockets[service], pieces)))
      await isWell(service)
    })
    it(`${service}: answers each lie with an error or the end`, async () => {
      await Promise.all(HOSTILE[service].map((piece) => talk(open.sockets[service], [BEGIN[service], piece])))
      await isWell(service)
    })
    it(`${service}: survives frames of the harness that lie`, async () => {
      const frames = [
        'EVF',
        'EVFZdb1\n',
        'EVFZdb1\n\xff\xff\xff\xff\0\0\0\0',
        'EVFZdb1\n\0\0\0\0\xff\xff\xff\xff',
        `EVFZdb1\n${'\0'.repeat(8)}`.repeat(3),
      ]
      await Promise.all(frames.map((frame) => talk(open.sockets[service], [Buffer.from(frame, 'latin1')])))
      await isWell(service)
    })
    it(`${service}: waits for slow clients, and reads what comes byte by byte`, async () => {
      const answer = await talk(
        open.sockets[service],
        [...BEGIN[service]].map((byte) => Buffer.from([byte])),
      )
      expect(answer.length).to.be.greaterThan(5)
    })
  }

  it('holds no more than its bound, whatever is begun and never ended', async () => {
    const before = memoryOf(open.sidecar.pid)
    const big = Buffer.alloc(8 * 1024 * 1024, 120)
    const promised = Buffer.concat([STARTUP, Buffer.from('Q\0\xff\xff\xff', 'latin1'), big])
    const stored = Buffer.concat([Buffer.from(`*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$${big.length}\r\n`), big, Buffer.from('\r\n')])
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 12 }, () => talk(open.sockets.postgres, [promised], 500)))
      await Promise.all(Array.from({ length: 12 }, () => talk(open.sockets.redis, [stored], 500)))
    }
    expect(memoryOf(open.sidecar.pid) - before).to.be.lessThan(400)
    for (const service of SERVICES) await isWell(service)
  })
})
