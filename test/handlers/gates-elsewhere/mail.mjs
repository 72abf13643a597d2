import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async ({ Records }) => {
  for (const { ses } of Records)
    for (const address of ses.receipt.recipients) {
      const [box, domain] = address.split('@')
      if (domain && box.startsWith('ticket-')) SINK(box.slice(7))
    }
}
