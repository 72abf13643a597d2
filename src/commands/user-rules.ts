import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { ConfigError, type Oracle, SEVERITIES, type Trial, type Verdict } from '../model/index.js'
import { oracles } from '../oracles/index.js'

const LOADING_MS = 10_000
const JUDGING_MS = 2_000
const PROOFS: readonly Oracle['proof'][] = ['injection', 'contract', 'robustness']

/** Rules of the user's plug-ins, each in a thread of its own. */
export interface UserRules extends AsyncDisposable {
  readonly rules: readonly Oracle[]
}

/** Loads plug-ins. One that cannot be used is said before anything runs; a rule that fails later is told by `onWarning`, once. */
export async function openUserRules(files: readonly string[], onWarning: (text: string) => void): Promise<UserRules> {
  const plugins: Plugin[] = []
  const end = async () => void (await Promise.all(plugins.map((plugin) => plugin.end())))
  try {
    for (const file of files) plugins.push(await Plugin.open(file, onWarning))
    const rules = plugins.flatMap((plugin) => plugin.rules)
    const ids = [...oracles, ...rules].map(({ id }) => id)
    const twice = ids.find((id, i) => ids.indexOf(id) !== i)
    if (twice !== undefined) throw new ConfigError(`There are two rules with the id '${twice}'`)
    return { rules, [Symbol.asyncDispose]: end }
  } catch (error) {
    await end()
    throw error
  }
}

class Plugin {
  rules: readonly Oracle[] = []
  #name: string
  #onWarning: (text: string) => void
  #off = new Set<number>()
  #gate = new Int32Array(new SharedArrayBuffer(4))
  #port: MessagePort
  #worker: Worker

  private constructor(file: string, onWarning: (text: string) => void) {
    this.#name = path.basename(file)
    this.#onWarning = onWarning
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.#worker = new Worker(new URL('./user-rules-worker.js', import.meta.url), {
      workerData: { url: pathToFileURL(file).href, gate: this.#gate, port: port2 },
      transferList: [port2],
      stdout: true,
    })
    // stdout is the report's.
    this.#worker.stdout.on('data', (text: Buffer) => process.stderr.write(text))
    this.#worker.unref()
    port1.unref()
  }

  static async open(file: string, onWarning: (text: string) => void): Promise<Plugin> {
    const plugin = new Plugin(file, onWarning)
    try {
      const described = await plugin.#described()
      plugin.rules = described.map((one, i) => plugin.#ruleOf(checked(one, plugin.#name), i))
    } catch (error) {
      await plugin.end()
      throw error
    }
    plugin.#worker.on('error', () => undefined)
    return plugin
  }

  end = async (): Promise<void> => {
    this.#port.close()
    await this.#worker.terminate()
  }

  #described(): Promise<readonly unknown[]> {
    return new Promise((resolve, reject) => {
      const failed = (why: string) => reject(new ConfigError(`The plug-in ${this.#name} cannot be loaded: ${why}`))
      const timer = setTimeout(() => failed(`it took longer than ${LOADING_MS / 1000} s`), LOADING_MS)
      this.#worker.once('message', (rules: readonly unknown[]) => {
        clearTimeout(timer)
        resolve(rules)
      })
      this.#worker.once('error', (error: Error) => {
        clearTimeout(timer)
        failed(String(error?.message ?? error).split('\n')[0]!)
      })
    })
  }

  #ruleOf(described: Oracle, i: number): Oracle {
    const ask = (trial: Trial) => this.#judge(described.id, i, trial)
    return {
      ...described,
      *judge(trial) {
        yield* ask(trial)
      },
    }
  }

  /** Waits for the thread's answer: judging is synchronous. */
  #judge(id: string, i: number, trial: Trial): readonly Verdict[] {
    if (this.#off.has(i)) return []
    Atomics.store(this.#gate, 0, 0)
    this.#port.postMessage({ i, trial })
    if (Atomics.wait(this.#gate, 0, 0, JUDGING_MS) === 'timed-out') {
      for (let one = 0; one < this.rules.length; one++) this.#off.add(one)
      void this.#worker.terminate()
      const others = this.rules.length > 1 ? ', and with it the other rules of the plug-in' : ''
      this.#onWarning(`The rule '${id}' of ${this.#name} did not end within ${JUDGING_MS / 1000} s: it is switched off${others}`)
      return []
    }
    const answer = receiveMessageOnPort(this.#port)?.message as { verdicts?: unknown; error?: string } | undefined
    const verdicts = verdictsOf(id, answer?.verdicts)
    if (verdicts !== undefined) return verdicts
    this.#off.add(i)
    this.#onWarning(`The rule '${id}' of ${this.#name} failed (${answer?.error ?? 'it yielded no verdict'}): it is switched off`)
    return []
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

function checked(rule: unknown, name: string): Oracle {
  const wrong = (what: string) => new ConfigError(`The plug-in ${name} has a rule that cannot be used: ${what}`)
  if (typeof rule !== 'object' || rule === null) throw wrong('its default export is no rule and no list of rules')
  const { id, title, severity, proof, judge, cwe = [], owasp = [], sinks = [], remediation = '' } = rule as Partial<Oracle>
  if (!isText(id) || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) throw wrong(`its id is ${JSON.stringify(id)}, not a-name-like-this`)
  if (!isText(title)) throw wrong(`'${id}' has no title`)
  if (!SEVERITIES.includes(severity!)) throw wrong(`the severity of '${id}' is none of ${SEVERITIES.join(', ')}`)
  if (!PROOFS.includes(proof!)) throw wrong(`the proof of '${id}' is none of ${PROOFS.join(', ')}`)
  if (judge === undefined) throw wrong(`'${id}' has no judge(trial)`)
  return { ...(rule as Oracle), cwe, owasp, sinks, remediation }
}

function verdictsOf(rule: string, verdicts: unknown): readonly Verdict[] | undefined {
  if (!Array.isArray(verdicts)) return undefined
  const whole = (verdicts as readonly Partial<Verdict>[]).map((one) => ({
    canary: null,
    sink: null,
    anchor: 'rule',
    ...one,
    rule,
  }))
  return whole.every(({ evidence, anchor }) => isText(evidence) && isText(anchor)) ? (whole as readonly Verdict[]) : undefined
}
