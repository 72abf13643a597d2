import { send } from './channel.js'
import { current } from './context.js'
import type { Presigned } from './presigned.js'
import { framesOfRequest } from './probes/network.js'

const MOST = 200
const TOKEN = /(?:^|&)Action=/

/** Sends what was signed at once: whether it was also asked for, the sidecar knows. */
export function tellSigned(request: Presigned, signature: string): void {
  const execution = current()
  if (execution !== undefined && ++execution.effects > MOST) return
  // Signers of tokens are no clients: no call of an SDK has begun.
  const frames = framesOfRequest(!TOKEN.test(request.query))
  send({ t: 'signed', request: { n: execution?.n ?? null, ...request, signature, frames: [...frames] } })
}
