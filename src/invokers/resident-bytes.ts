import { readdirSync, readFileSync } from 'node:fs'

const PAGE = 4096

/** Resident memory of a process and its children, in bytes; 0 where /proc does not tell. A sandbox puts its own process in between. */
export function residentBytes(pid: number): number {
  let total = 0
  for (const id of [pid, ...childrenOf(pid)]) {
    const statm = read(`/proc/${id}/statm`)
    total += Number(statm.split(' ')[1] ?? 0) * PAGE
  }
  return total
}

function childrenOf(pid: number): number[] {
  const direct = tasksOf(pid).flatMap((task) => read(`/proc/${pid}/task/${task}/children`).trim().split(' '))
  const pids = direct.filter((text) => text !== '').map(Number)
  return [...pids, ...pids.flatMap(childrenOf)]
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return [] // Not Linux, or the process is gone.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
