import type { Finding } from '../model/index.js'

/** Known, and accepted until a day that has not come. */
export const isAccepted = ({ suppression }: Finding): boolean => suppression !== null && suppression.state !== 'expired'

/** What every report shows as open, and what the exit code counts from its severity on: tentative findings never, nor accepted ones. */
export const isOpen = (finding: Finding): boolean =>
  finding.confidence !== 'tentative' && finding.status !== 'fixed' && !isAccepted(finding)

/** What is there and nobody has accepted, tentative findings included: what the numbers of every report count. */
export const isStanding = (finding: Finding): boolean => finding.status !== 'fixed' && !isAccepted(finding)

/** `risk-accepted by orders team until 2027-01-31: reason`, or '' for a finding that nobody has spoken of. */
export function suppressionText({ suppression }: Finding): string {
  if (suppression === null) return ''
  const { state, reason, owner, expires } = suppression
  return `${state}${owner === '' ? '' : ` by ${owner}`}${expires === '' ? '' : ` until ${expires}`}: ${reason}`
}
