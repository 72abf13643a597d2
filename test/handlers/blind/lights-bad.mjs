import { exec } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(exec)

class Lights {
  constructor(room) {
    this.room = room
  }

  async dim({ level }) {
    return this.send(`dim ${Number(level) || 0}`)
  }

  async scene({ name }) {
    return this.send(`scene ${String(name).slice(0, 120)}`)
  }

  async send(words) {
    const { stdout } = await run(`lights-cli --room ${this.room} ${words}`)
    return stdout.trim()
  }
}

/** Turns the lights of the meeting rooms: `{"do": "scene", "name": "evening"}`. */
export const handler = async ({ body }) => {
  let order
  try {
    order = JSON.parse(body ?? '')
  } catch {
    return { statusCode: 400 }
  }
  const lights = new Lights('r1')
  if (typeof order?.do !== 'string' || typeof lights[order.do] !== 'function') return { statusCode: 404 }
  try {
    return { statusCode: 200, body: await lights[order.do](order) }
  } catch {
    return { statusCode: 502 }
  }
}
