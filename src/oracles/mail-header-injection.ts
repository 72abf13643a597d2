import type { Oracle } from '../model/index.js'
import { anchorOf, excerpt, guilty, regionsOf, sinkOf } from './region.js'
import { awsTexts } from './statement-texts.js'

/** A raw mail: a line break in a header lets the sender add recipients and text. */
export const mailHeaderInjection: Oracle = {
  id: 'mail-header-injection',
  title: 'Event data adds headers to a mail',
  severity: 'high',
  cwe: ['CWE-93'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['mail'],
  remediation:
    'Refuse line breaks in what goes into a header, or let SES build the mail: SendEmail with Message or Content.Simple.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const { effect, service, name, text } of awsTexts(trial)) {
      if (service !== 'ses' || name !== 'Data' || !RAW.test(text)) continue
      const head = text.search(/\r?\n\r?\n/)
      const region = regionsOf(text, injection).find(
        ({ start, end }) => (head === -1 || start < head) && /\r?\n(?![ \t]|\r?$)/.test(text.slice(start, end)),
      )
      if (region === undefined) continue
      yield {
        rule: 'mail-header-injection',
        canary: guilty(trial),
        sink: sinkOf(effect),
        anchor: anchorOf(effect),
        evidence: `The mail of ${effect.api} begins: ${JSON.stringify(excerpt(text, region))}`,
      }
    }
  },
}

/** A whole mail begins with a header; subjects and bodies of other mails are texts. */
const RAW = /^[A-Za-z][\w-]*:[ \t]/
