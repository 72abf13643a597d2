import { EXIT } from './exit-codes.js'

/** `rules`: one line each. `rules <id>` and `rules show <id>`: all that there is to say of one. */
export async function runRules(words: readonly string[]): Promise<number> {
  const { rules, ruleText } = await import('../commands/rules.js')
  const id = words[0] === 'show' ? words[1] : words[0]
  if (id !== undefined) {
    process.stdout.write(`${ruleText(rules(id)[0]!)}\n`)
    return EXIT.clean
  }
  for (const { id: name, severity, proof, title, experimental } of rules()) {
    const line = `${name.padEnd(30)} ${severity.padEnd(9)} ${proof.padEnd(11)} ${title}`
    process.stdout.write(`${line}${experimental ? ' (experimental)' : ''}\n`)
  }
  return EXIT.clean
}
