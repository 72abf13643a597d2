/** Loaded first in each thread and child process of the function: their calls go the same way as those of its main thread. */
import Module from 'node:module'
import { getEnvironmentData } from 'node:worker_threads'
import { headerOf } from './context.js'
import { ELSEWHERE, type Elsewhere, executionOf } from './elsewhere.js'
import { framesOfRequest, probeFetch } from './probes/network.js'
import { probeSdk } from './probes/sdk.js'
import { installRedirect } from './redirect.js'
import { isExtension } from './redirect-extension.js'
import { setTaskRoot } from './stack.js'
import { isAnswered, setWebMode } from './web.js'

const own = getEnvironmentData(ELSEWHERE) as unknown as Elsewhere | undefined
const given = own ?? (JSON.parse(process.env[ELSEWHERE] ?? 'null') as Elsewhere | null)
delete process.env[ELSEWHERE]

if (given !== null) {
  setTaskRoot(given.taskRoot, given.mirrorRoot)
  setWebMode(given.web)
  probeFetch()
  probeSdk()
  installRedirect({
    sockets: given.sockets,
    ca: given.ca,
    onConnect: (host, port, _tls, api) =>
      isExtension(host, port) ? 'stub' : isAnswered(host, port, api, given.http) ? 'web' : 'refuse',
    context: (isSdk) => headerOf(executionOf(given), framesOfRequest(isSdk)),
    sync: false,
  })
  Module.syncBuiltinESMExports()
}
