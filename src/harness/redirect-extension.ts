/** AppConfig, and Parameters and Secrets: extensions of Lambda that functions ask over plain HTTP. */
const PORTS = new Set([2772, 2773])
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])

/** The sidecar stands in for an extension of Lambda that asks AWS in the function's name. */
export const isExtension = (host: string, port: number): boolean => PORTS.has(port) && LOOPBACK.has(host)
