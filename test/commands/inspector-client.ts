import { randomBytes } from 'node:crypto'
import http from 'node:http'
import type { Socket } from 'node:net'

/** A debugger that speaks to an inspector; Node 20 has no WebSocket of its own. */
export interface InspectorClient {
  /** Sends a command and gives back its result. */
  send(method: string, params?: object): Promise<Record<string, unknown>>
  /** The next event of that name. */
  next(method: string): Promise<Record<string, unknown>>
  close(): void
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Record<string, unknown>
  readonly result?: Record<string, unknown>
}

export async function attach(port: number): Promise<InspectorClient> {
  const [{ webSocketDebuggerUrl }] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as [
    { webSocketDebuggerUrl: string },
  ]
  const { socket, head } = await upgraded(webSocketDebuggerUrl)
  const waiting = new Set<{ readonly fits: (message: Message) => boolean; readonly take: (message: Message) => void }>()
  const until = (fits: (message: Message) => boolean) =>
    new Promise<Message>((take) => {
      waiting.add({ fits, take })
    })
  onMessages(socket, head, (message) => {
    for (const each of waiting) {
      if (!each.fits(message)) continue
      waiting.delete(each)
      each.take(message)
    }
  })
  // A process that has ended says nothing more.
  socket.once('close', () => {
    for (const { take } of waiting) take({})
  })
  let last = 0
  return {
    send: async (method, params = {}) => {
      const id = ++last
      const answered = until((message) => message.id === id)
      socket.write(frame(JSON.stringify({ id, method, params })))
      return (await answered).result ?? {}
    },
    next: async (method) => (await until((message) => message.method === method)).params ?? {},
    close: () => socket.destroy(),
  }
}

function upgraded(url: string): Promise<{ readonly socket: Socket; readonly head: Buffer }> {
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
  }
  return new Promise((resolve, reject) => {
    const request = http.get(url.replace('ws:', 'http:'), { headers })
    request.once('upgrade', (_response, socket: Socket, head) => {
      socket.on('error', () => undefined) // The process under the debugger ends when it is done.
      resolve({ socket, head })
    })
    request.once('error', reject)
  })
}

/** One masked text frame. */
function frame(text: string): Buffer {
  const body = Buffer.from(text)
  if (body.length > 65_535) throw new Error('too long for this client')
  const mask = Buffer.alloc(4) // A mask of zeros leaves the text as it is.
  const head = body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.from([0x81, 0xfe, 0, 0])
  if (body.length >= 126) head.writeUInt16BE(body.length, 2)
  return Buffer.concat([head, mask, body])
}

function onMessages(socket: Socket, head: Buffer, take: (message: Message) => void): void {
  let rest = head
  const read = (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      if (rest.length < 2) return
      const short = rest[1]! & 0x7f
      const at = short < 126 ? 2 : short === 126 ? 4 : 10
      if (rest.length < at) return
      const length = short < 126 ? short : short === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2))
      if (rest.length < at + length) return
      const text = rest.subarray(at, at + length).toString('utf8')
      const isText = (rest[0]! & 0x0f) === 1
      rest = rest.subarray(at + length)
      if (isText) take(JSON.parse(text) as Message)
    }
  }
  socket.on('data', read)
  read(Buffer.alloc(0))
}
