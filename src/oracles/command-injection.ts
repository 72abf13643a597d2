import type { Oracle } from '../model/index.js'
import { leavesShellWord } from './lexers/shell.js'
import { anchorOf, effectsOf, excerpt, guilty, regionsOf, sinkOf } from './region.js'

/** Event data left its shell word. A canary inside one word is data; one that ends the word is proof. */
export const commandInjection: Oracle = {
  id: 'command-injection',
  title: 'Event data is run by a shell',
  severity: 'critical',
  cwe: ['CWE-78'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['process'],
  remediation:
    'Run the program without a shell: execFile(file, [arg, ...]) with `--` before arguments that come from the event, or use a library.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const effect of effectsOf(trial, 'process')) {
      if (!effect.shell) continue
      const region = regionsOf(effect.command, injection).find((found) => leavesShellWord(effect.command, found))
      if (region === undefined) continue
      yield {
        rule: 'command-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `${printed(effect.output, injection.joined)}: ${excerpt(effect.command, region)}`,
      }
    }
  },
}

/** A payload prints two halves as one: that text stands nowhere in the event, so whoever prints it has run the payload. */
const printed = (output: string | undefined, joined: string): string =>
  output?.includes(joined) === true ? `The shell printed ${joined}, so it ran what it was given` : 'The shell was given'
