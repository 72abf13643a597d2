import { examine } from '../invokers/sandbox.js'
import type { SandboxLevel } from '../model/index.js'

/** What one sandbox level keeps in on this machine. */
export interface Examined {
  readonly level: SandboxLevel
  readonly state: 'holds' | 'does not hold' | 'cannot start'
  /** Ways out that were open. */
  readonly open: readonly string[]
  /** How to get the level, where it is not there. */
  readonly advice: string
}

const WAYS = {
  spawn: 'start a process',
  write: 'write a file outside',
  readHome: 'read the home directory',
  connect: 'reach a TCP listener of the machine',
  udp: 'reach a UDP listener of the machine',
  dns: 'ask a DNS server',
  signal: 'signal our process',
  inspector: 'open an inspector',
} as const

const ADVICE: Readonly<Record<SandboxLevel, string>> = {
  strong: 'install bubblewrap (apt-get install bubblewrap) and allow unprivileged user namespaces',
  medium: 'install util-linux (unshare) and allow unprivileged user namespaces',
  weak: 'use Node 20 or later: it brings the permission model',
  none: '',
}

/** Lets a canary function try to get out of every level. */
export async function doctor(node: string): Promise<readonly Examined[]> {
  const levels: readonly SandboxLevel[] = ['strong', 'medium', 'weak', 'none']
  const examined: Examined[] = []
  for (const level of levels) {
    const found = await examine(level, node)
    const open = found === undefined ? [] : Object.entries(WAYS).filter(([way]) => found.escapes[way as keyof typeof WAYS])
    const state = found === undefined ? 'cannot start' : found.holds ? 'holds' : 'does not hold'
    examined.push({ level, state, open: open.map(([, text]) => text), advice: state === 'holds' ? '' : ADVICE[level] })
  }
  return examined
}
