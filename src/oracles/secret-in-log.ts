import type { Oracle, PlantedCanary, Trial } from '../model/index.js'
import { anchorOf, effectsOf, sinkOf } from './region.js'
import { secretsIn } from './secrets-in.js'
import { lastObservation } from './thrown.js'

/** The log holds the value of a secret environment variable, a decoy of ours: whoever reads logs has it. */
export const secretInLog: Oracle = {
  id: 'secret-in-log',
  title: 'A secret or a password is written to the log',
  severity: 'medium',
  cwe: ['CWE-532'],
  owasp: ['S3'],
  proof: 'contract',
  sinks: [],
  remediation:
    'Log the fields that are needed by name; never process.env, a configuration, a client, or a request that holds a password.',
  *judge(trial) {
    const log = lastObservation(trial)?.log ?? ''
    const sink = { kind: 'log', api: 'log', location: null, frames: [] } as const
    const names = secretsIn(trial, log)
    if (names.length > 0)
      yield {
        rule: 'secret-in-log',
        canary: null,
        sink,
        anchor: 'log:secret',
        evidence: `The log holds the value of ${names.join(', ')}`,
      }
    const canary =
      trial.case.injection === null ? passwords(trial).find((one) => log.toLowerCase().includes(one.canary)) : undefined
    if (canary !== undefined)
      yield {
        rule: 'secret-in-log',
        canary,
        sink,
        anchor: 'log:password',
        evidence: `The log holds what was sent as ${canary.point.wire}`,
      }
  },
}

/** Fields whose value only their sender may know, as they are called. Tokens and headers are left out: many log whole requests of theirs. */
const PASSWORD = /\/(?:[\w-]*passw(?:or)?d|[\w-]*passphrase|pwd|pin|cvv|cvc|card-?_?number)$/i

const passwords = ({ case: { canaries } }: Trial): readonly PlantedCanary[] =>
  canaries.filter(({ point }) => PASSWORD.test(point.wire))

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
