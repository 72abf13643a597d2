import dgram from 'node:dgram'

type Callback = (error: Error) => void

/** Datagrams cannot be stubbed: every one is refused, as if nobody listened. `onSend` hears of each. */
export function refuseDatagrams(onSend: (host: string, port: number, api: string) => Error): void {
  for (const name of ['send', 'connect'] as const) {
    Reflect.set(dgram.Socket.prototype, name, function (this: dgram.Socket, ...args: unknown[]) {
      const callback = args.findLast((arg): arg is Callback => typeof arg === 'function')
      const { host, port } = addressIn(name, args)
      const error = onSend(host, port, `dgram.${name}`)
      setImmediate(() => (callback === undefined ? this.emit('error', error) : callback(error)))
    })
  }
}

/** `send(msg, [offset, length,] port, address)` or `connect(port, address)`: the address is the last text behind the message. */
function addressIn(name: 'send' | 'connect', args: readonly unknown[]): { host: string; port: number } {
  const rest = args.slice(name === 'send' ? 1 : 0)
  const host = rest.findLast((arg) => typeof arg === 'string')
  const port = rest.findLast((arg) => typeof arg === 'number')
  return { host: typeof host === 'string' ? host : '127.0.0.1', port: typeof port === 'number' ? port : 0 }
}
