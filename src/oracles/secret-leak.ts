import { INVENTED_SECRET, type Oracle } from '../model/index.js'
import { clientText } from './response-text.js'
import { secretsIn } from './secrets-in.js'

/** The response holds the value of a secret environment variable or of a secret that we made up: decoys, so the sighting is no accident. */
export const secretLeak: Oracle = {
  id: 'secret-leak',
  title: 'A secret is sent to the client',
  severity: 'critical',
  cwe: ['CWE-200', 'CWE-526'],
  owasp: ['S3'],
  proof: 'robustness',
  sinks: ['response'],
  remediation: 'Never send process.env, an SDK client or its configuration to a client; pick the fields of a response by name.',
  *judge(trial) {
    const text = clientText(trial)
    if (text === undefined) return
    const leaked = [...secretsIn(trial, text), ...(text.includes(INVENTED_SECRET) ? ['a secret of Secrets Manager'] : [])]
    if (leaked.length === 0) return
    yield {
      rule: 'secret-leak',
      canary: null,
      sink: { kind: 'response', api: 'body', location: null, frames: [] },
      anchor: 'response:secret',
      evidence: `The response holds the value of ${leaked.join(', ')}`,
    }
  },
}
