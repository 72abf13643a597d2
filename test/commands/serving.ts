import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import { CLI } from './shop.js'

/** A running `eventfuzz serve`. */
export interface Server {
  readonly endpoint: string
  readonly port: number
  readonly child: ChildProcess
  readonly output: { stdout: string; stderr: string }
  /** Sends the signal and gives back the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts a server on a free port and waits until it says where it listens. */
export async function startServer(cwd: string, ...args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, [CLI, 'serve', ...args, '--port', '0'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text
      const found = /on (http:\/\/\S+:\d+) /.exec(output.stderr)
      if (found !== null) resolve(found[1]!)
    })
    void ended.then((code) => reject(new Error(`the server ended with ${code}: ${output.stderr}`)))
  })
  const stop = (signal: NodeJS.Signals = 'SIGINT') => {
    child.kill(signal)
    return ended
  }
  return { endpoint, port: Number(new URL(endpoint).port), child, output, stop }
}

/** Sends bytes as they are and gives back all that is answered until the connection ends; `hangUp`: nothing more will come. */
export function raw(port: number, text: string, hangUp = false): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(text)
      if (hangUp) socket.end()
    })
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('error', () => undefined) // Refused in the middle of what is sent: the answer tells.
    socket.on('close', () => resolve(answer))
  })
}

/** The command line of a process; empty for one that has ended. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

export const isRunning = (pid: number): boolean => commandOf(pid) !== ''
