import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { type Oracle, PACKAGE_ROOT } from '#src/model/index.js'
import { explained, PROOFS } from '#src/oracles/explanations.js'
import { oracles } from '#src/oracles/index.js'

const DOC = fileURLToPath(new URL('docs/rules.md', PACKAGE_ROOT))

const entry = (oracle: Oracle, text: (typeof explained)[number][1][string]): string =>
  [
    `### ${oracle.id}`,
    `${oracle.title}. ${oracle.severity}, ${[...oracle.cwe, ...oracle.owasp.map((id) => `OWASP Serverless ${id}`)].join(', ')}, proof: ${oracle.proof}${oracle.experimental ? ', **experimental**: off unless asked for' : ''}.\n`,
    `- **Counts:** ${text.counts}`,
    `- **Does not:** ${text.not}`,
    `- **Cannot see:** ${text.blind}`,
    `- **Fix:** ${oracle.remediation}`,
    `\`\`\`js\n${text.fix}\n\`\`\``,
  ]
    .join('\n\n')
    .replaceAll('\n\n- ', '\n- ')

function document(): string {
  const groups = explained.map(([group, rules]) => {
    const entries = Object.entries(rules).map(([id, text]) => entry(oracles.find((oracle) => oracle.id === id)!, text))
    return `## ${group}\n\n${entries.join('\n\n')}`
  })
  const proofs = Object.entries(PROOFS).filter(([proof]) => oracles.some((oracle) => oracle.proof === proof))
  return `<!-- Written by UPDATE_DOCS=1 npx mocha dist-test/oracles/docs.test.js -->
# Rules

\`eventfuzz rules\` lists them, \`eventfuzz rules show <id>\` prints one. Switch a rule off with \`--exclude-rules <id>\` or \`rules: { "<id>": "off" }\` in the configuration, try the experimental ones with \`--experimental\`, add your own as [plug-ins](#your-own-rules).

## How findings are proven

${proofs.map(([proof, text]) => `- **${proof}**: ${text}`).join('\n')}

${groups.join('\n\n')}

## Your own rules

A plug-in is a module whose default export is a rule, or a list of rules; the configuration names it: \`plugins: ['./own-tenant.mjs']\`. It is judged in a thread of its own. A rule that throws, or has not ended after two seconds, is named and switched off, and the run goes on.

\`\`\`js
import { defineOracle } from 'eventfuzz'

export default defineOracle({
  id: 'own-tenant',
  title: 'Another tenant’s key is written',
  severity: 'high',
  proof: 'contract',
  cwe: ['CWE-639'],
  owasp: ['S5'],
  sinks: [],
  remediation: 'Put keys below the tenant of the caller.',
  *judge(trial) {
    for (const effect of trial.observations.flatMap((one) => one.effects)) {
      if (effect.kind !== 'aws' || effect.operation !== 'PutObject' || effect.params.Key.startsWith('tenant-a/')) continue
      yield { anchor: 'key', evidence: \`writes \${effect.params.Key}\` }
    }
  },
})
\`\`\`

## What no probe sees

- Native code that talks to the system by itself, programs that the function starts (they are recorded and answered), and other machines.
- What happens only in another runtime than Node, in a browser, or behind an answer of the network that nobody configured.
- What goes over a WebSocket: who is connected to is seen, but nobody answers the handshake, so that what stands behind its opening is not reached.
- Data that is changed beyond recognition: encrypted, compressed, hashed, cut to a few signs.
- \`eval\` and \`RegExp\` that packages call themselves; WebAssembly; what vm contexts do with their own globals.
`
}

describe('docs/rules.md', () => {
  it('has a word on every rule, and on no other', () =>
    expect(explained.flatMap(([, rules]) => Object.keys(rules))).to.have.members(oracles.map(({ id }) => id)))
  it('is what the rules say', () => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOC, document())
    expect(readFileSync(DOC, 'utf8'), 'UPDATE_DOCS=1 writes it').to.equal(document())
  })
})
