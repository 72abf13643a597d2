import type { SqlAnswer } from './answer.js'
import type { TransactionStatus } from './postgres-messages.js'

export const refusal = (code: string, said: string): SqlAnswer => ({ kind: 'error', code, message: said, by: 'stub' })

/** In a failed transaction of PostgreSQL only its end is obeyed. */
export function refusedIn(status: TransactionStatus, sql: string): SqlAnswer | undefined {
  if (status !== 'E' || /^\s*(rollback|commit|end|abort)\b/i.test(sql)) return undefined
  return refusal('25P02', 'current transaction is aborted, commands ignored until end of transaction block')
}
