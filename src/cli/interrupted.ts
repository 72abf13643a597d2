import { EXIT } from './exit-codes.js'

/** Aborted by the first Ctrl-C or SIGTERM; a second one, a moment later, does not wait for anything. */
export function interrupted(): AbortSignal {
  const stop = new AbortController()
  let at = 0
  const interrupt = () => {
    // npx passes a terminal's Ctrl-C on, so it may come twice at once.
    if (stop.signal.aborted && Date.now() - at > 1_000) process.exit(EXIT.interrupted)
    if (stop.signal.aborted) return
    at = Date.now()
    stop.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return stop.signal
}
