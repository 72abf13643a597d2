import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

class Lights {
  constructor(room) {
    this.room = room
  }

  async dim({ level }) {
    return this.#send('dim', String(Number(level) || 0))
  }

  async scene({ name }) {
    return this.#send('scene', `name=${String(name).slice(0, 120).replaceAll('\0', '')}`)
  }

  async #send(...words) {
    const { stdout } = await run('lights-cli', ['--room', this.room, ...words])
    return stdout.trim()
  }
}

const ORDERS = ['dim', 'scene']

/** Turns the lights of the meeting rooms: `{"do": "scene", "name": "evening"}`. */
export const handler = async ({ body }) => {
  let order
  try {
    order = JSON.parse(body ?? '')
  } catch {
    return { statusCode: 400 }
  }
  const lights = new Lights('r1')
  if (!ORDERS.includes(order?.do)) return { statusCode: 404 }
  try {
    return { statusCode: 200, body: await lights[order.do](order) }
  } catch {
    return { statusCode: 502 }
  }
}
