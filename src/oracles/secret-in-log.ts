import type { Oracle } from '../model/index.js'
import { anchorOf, effectsOf, sinkOf } from './region.js'
import { secretsIn } from './secrets-in.js'
import { lastObservation } from './thrown.js'

/** The log holds the value of a secret environment variable, a decoy of ours: whoever reads logs has it. */
export const secretInLog: Oracle = {
  id: 'secret-in-log',
  title: 'A secret of the environment is written to the log',
  severity: 'medium',
  cwe: ['CWE-532'],
  owasp: ['S3'],
  proof: 'contract',
  sinks: [],
  remediation: 'Log the fields that are needed by name; never process.env, a configuration or a client.',
  *judge(trial) {
    const names = secretsIn(trial, lastObservation(trial)?.log ?? '')
    if (names.length === 0) return
    yield {
      rule: 'secret-in-log',
      canary: null,
      sink: { kind: 'log', api: 'log', location: null, frames: [] },
      anchor: 'log:secret',
      evidence: `The log holds the value of ${names.join(', ')}`,
    }
  },
}

/** Calls whose content others read. A password that is kept in Secrets Manager or used to sign stays where it belongs. */
const READ_BY_OTHERS = new Set(['sns', 'sqs', 'ses', 's3', 'dynamodb', 'events', 'kinesis', 'firehose'])

/** A message, a mail or a stored item holds the value of a secret environment variable. */
export const secretInCall: Oracle = {
  id: 'secret-in-call',
  title: 'A secret of the environment is stored or sent through AWS',
  severity: 'high',
  cwe: ['CWE-200', 'CWE-526'],
  owasp: ['S3'],
  proof: 'contract',
  sinks: [],
  experimental: true,
  remediation: 'Pick what a message or an item holds by name; never process.env or a configuration.',
  *judge(trial) {
    for (const effect of effectsOf(trial, 'aws')) {
      const names = READ_BY_OTHERS.has(effect.service) ? secretsIn(trial, JSON.stringify(effect.params)) : []
      if (names.length === 0) continue
      yield {
        rule: 'secret-in-call',
        canary: null,
        sink: { ...sinkOf(effect), frames: [] },
        anchor: `secret:${anchorOf(effect)}`,
        evidence: `${effect.api} was given the value of ${names.join(', ')}`,
      }
    }
  },
}
