import type { FuzzStep } from '../commands/fuzz.js'
import { visible } from '../report/visible.js'

const EVERY_MS = 10_000
const REDRAW_MS = 100

/** Progress on stderr: one live line on a terminal, plain lines otherwise. */
export interface Progress {
  take(step: FuzzStep): void
  end(): void
}

export function progressOn(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  const state = new State()
  const write = (text: string) => {
    if (!quiet) stream.write(text)
  }
  const live = stream.isTTY === true && !quiet
  const clear = () => live && write('\r\x1b[2K')
  let last = live ? 0 : state.started
  const tick = (now: number) => {
    if (now - last < (live ? REDRAW_MS : EVERY_MS)) return
    last = now
    if (live) write(`\r\x1b[2K${state.line().slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`)
    else write(`${state.line()}\n`)
  }
  return {
    take(step) {
      const said = state.take(step)
      if (said !== undefined) {
        clear()
        write(`${said}\n`)
      }
      tick(Date.now())
    },
    end: clear,
  }
}

/** What the lines are made of. */
class State {
  readonly started = Date.now()
  #executions = new Map<string, number>()
  #findings = 0
  #targets = 0
  #finished = 0

  take(step: FuzzStep): string | undefined {
    switch (step.kind) {
      case 'opened':
        this.#targets = step.targets.length
        return [
          ...step.notes.map((note) => visible(note)),
          `eventfuzz: ${step.targets.length} target${step.targets.length === 1 ? '' : 's'}, sandbox ${step.invoker.sandbox.level}, ${limit(step.timeMs)}`,
        ].join('\n')
      case 'warned':
        return `eventfuzz: ${visible(step.text)}`
      case 'tried':
        this.#executions.set(step.target, step.executions)
        return undefined
      case 'found':
        this.#findings++
        return `found ${step.finding.severity} ${step.finding.rule} in ${visible(step.finding.target)} at ${this.#seconds()}: ${visible(step.finding.pointer || step.finding.evidence).slice(0, 160)}`
      case 'retested':
        return `known ${step.finding.severity} ${step.finding.rule} in ${visible(step.finding.target)}: ${step.reproduced.k === 0 ? 'no longer reproduces' : `reproduces (${step.reproduced.k} of ${step.reproduced.n})`}`
      case 'superseded':
        this.#findings--
        return undefined
      case 'warning':
        return `warning: ${visible(step.target)}: ${visible(step.text)}`
      case 'finished':
        this.#finished++
        return step.target.status === 'tested'
          ? undefined
          : `${visible(step.target.id)} is ${step.target.status}: ${visible(step.target.missing.map(({ kind, name }) => `${kind} ${name}`).join('; ')).slice(0, 400)}`
      default:
        return undefined
    }
  }

  line(): string {
    const executions = [...this.#executions.values()].reduce((sum, n) => sum + n, 0)
    const rate = Math.round(executions / Math.max(0.001, (Date.now() - this.started) / 1000))
    return `${this.#seconds()}  ${executions} executions  ${rate}/s  targets ${this.#finished}/${this.#targets}  findings ${this.#findings}`
  }

  #seconds(): string {
    return `${((Date.now() - this.started) / 1000).toFixed(1)} s`
  }
}

const limit = (timeMs: number): string => (Number.isFinite(timeMs) ? `at most ${timeMs / 1000} s` : 'limited by --runs')
