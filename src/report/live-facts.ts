import type { Finding, Report } from '../model/index.js'
import { counted } from './summary.js'

/** What a report of deployed functions has to say besides its findings: where, with whose leave, and what it took. Nothing for other runs. */
export function liveFacts({ run: { live } }: Report): readonly (readonly [name: string, text: string])[] {
  if (live === undefined) return []
  const { places, owner, account, region, invocations, throttled, gbSeconds, estimatedUsd, audit, stoppedBy } = live
  const where = account === null ? '' : ` in account ${account}${region === null ? '' : `, ${region}`}`
  return [
    ['attacked', `${places.join(', ')}${where}`],
    ['owner', owner],
    [
      'took',
      `${counted(invocations, 'invocation')}, ${gbSeconds.toFixed(1)} GB-seconds, about US$ ${estimatedUsd.toFixed(4)}, throttled ${throttled} times; all of them are in ${audit}`,
    ],
    ...(stoppedBy === null ? [] : [['ended early', stoppedBy] as const]),
  ]
}

/** `local 3 of 3, aws arn:... 0 of 3`; '' where it was only run on this machine. */
export const placesText = ({ reproducedOn = [] }: Finding): string =>
  reproducedOn.map(({ where, k, n }) => `${where} ${k} of ${n}`).join(', ')
