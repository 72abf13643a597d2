import { WebSocket as OfUndici } from 'undici'
import OfWs from 'ws'

const CLIENTS = { ws: OfWs, undici: OfUndici, global: globalThis.WebSocket }

/** Waits until the connection opens or fails, and says which. */
const opened = (socket) =>
  new Promise((resolve) => {
    socket.addEventListener('open', () => resolve('open'))
    socket.addEventListener('error', ({ message, error }) => resolve(error?.code ?? message ?? 'error'))
    socket.addEventListener('close', ({ code }) => resolve(`closed ${code}`))
  })

export const handler = async ({ client, url }) => {
  const Client = CLIENTS[client]
  const socket = new Client(url)
  return opened(socket)
}
