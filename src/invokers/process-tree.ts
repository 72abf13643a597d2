import { readdirSync, readFileSync } from 'node:fs'

const PAGE = 4096

/** Resident memory of a process and its children, in bytes; 0 where /proc does not tell. A sandbox puts its own process in between. */
export function residentBytes(pid: number): number {
  let total = 0
  for (const id of [pid, ...descendants(pid)]) {
    const statm = read(`/proc/${id}/statm`)
    total += Number(statm.split(' ')[1] ?? 0) * PAGE
  }
  return total
}

/** Pids of the processes that a process started, and of theirs. */
export function descendants(pid: number): number[] {
  const direct = tasksOf(pid).flatMap((task) => read(`/proc/${pid}/task/${task}/children`).trim().split(' '))
  const pids = direct.filter((text) => text !== '').map(Number)
  return [...pids, ...pids.flatMap(descendants)]
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

/** Ends one process of ours; one that is gone already is what was wanted. */
export function killPid(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
