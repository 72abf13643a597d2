import { expect } from 'chai'
import { saturationOf } from '#src/iam/index.js'
import type { Evidence } from '#src/model/index.js'
import { evidence } from './maker.js'

const ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders'
const line = (caseId: string, operation: string, unguided: boolean): Evidence => ({
  ...evidence({ call: `dynamodb:${operation}`, on: [ARN], params: { TableName: 'orders' } }),
  caseId,
  ...(unguided && { unguided }),
})

describe('saturation', () => {
  it('is estimated from executions that nothing steered, however many were guided', () => {
    const lines = [
      line('g1', 'PutItem', false),
      line('g2', 'Scan', false),
      line('u1', 'GetItem', true),
      line('u2', 'GetItem', true),
      line('u3', 'PutItem', true),
    ]
    expect(saturationOf(lines, { executions: 100, unguided: 10 })).to.deep.equal({
      ...{ permissions: 3, cases: 5, lastNew: 3 },
      // PutItem: guidance showed it too, but of the fair draws only one did.
      ...{ once: 1, draws: 10, unguided: true, next: 0.1 },
    })
  })

  it('falls back to all executions where nobody told them apart', () => {
    const lines = [line('a', 'PutItem', false), line('b', 'Scan', false), line('c', 'Scan', false)]
    expect(saturationOf(lines, { executions: 20 })).to.include({ once: 1, draws: 20, unguided: false, next: 0.05 })
  })

  it('is a statement about fair draws also when none of them made a call', () => {
    const lines = [line('a', 'PutItem', false)]
    expect(saturationOf(lines, { executions: 50, unguided: 5 })).to.include({ once: 0, draws: 5, unguided: true, next: 0 })
  })
})
