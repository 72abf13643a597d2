/** Values that the service fills in: fixed, so that the same wire input gives the same event to the byte. */
export const REGION = 'us-east-1'
export const ACCOUNT = '000000000000'
export const EPOCH = 1_767_225_600_000 // 2026-01-01T00:00:00Z
export const UUID = '6f1a0c52-0000-4000-8000-000000000001'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Common log format, as API Gateway writes request times. */
export function logTime(epoch: number): string {
  const date = new Date(epoch)
  const two = (n: number) => String(n).padStart(2, '0')
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')
  return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${time} +0000`
}
