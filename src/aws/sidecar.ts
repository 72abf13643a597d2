import { createAuthority } from './certificate.js'
import type { FromSidecar, ToSidecar } from './messages.js'
import { openTarget, type TargetServer } from './target-server.js'

// Entry of a process of its own: started by client.ts with an IPC channel, gone when that channel is.
const authority = createAuthority(new Date())
const targets = new Map<string, TargetServer>()

function tell(message: FromSidecar): void {
  if (process.connected) process.send!(message)
}

async function obey(message: ToSidecar): Promise<void> {
  switch (message.t) {
    case 'open': {
      const { id } = message
      const server = await openTarget(message, authority, {
        call: (call) => tell({ t: 'call', id, call }),
        web: (call) => tell({ t: 'web', id, call }),
        warning: (text) => tell({ t: 'warning', id, message: text }),
      })
      targets.set(message.id, server)
      return tell({ t: 'opened', id: message.id, sockets: server.sockets, ca: authority.pem })
    }
    case 'signed':
      return targets.get(message.id)?.signed(message.request)
    case 'flush':
      return tell({ t: 'flushed', id: message.id, token: message.token })
    case 'plant':
      targets.get(message.id)?.plant(message.planted)
      return tell({ t: 'planted', id: message.id })
    case 'reset':
      targets.get(message.id)?.reset()
      return tell({ t: 'reset-done', id: message.id })
    case 'close':
      await targets.get(message.id)?.close()
      targets.delete(message.id)
      return tell({ t: 'closed', id: message.id })
    default:
      return message satisfies never
  }
}

process.on('message', (message: ToSidecar) => {
  obey(message).catch((error: unknown) =>
    tell({ t: 'failed', id: message.id, message: error instanceof Error ? error.message : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
