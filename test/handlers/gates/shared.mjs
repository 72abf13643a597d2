// One check that every route goes through, and the bug behind the last of them.
import { execSync } from 'node:child_process'

const NUMBER = /^[A-Z]{2}-\d{6}$/

const show = (number) => ({ statusCode: 200, body: number })
const remove = (number) => ({ statusCode: 204, body: number.slice(0, 2) })

function stamp(number, body) {
  let seal = ''
  try {
    seal = JSON.parse(body ?? '{}')?.seal ?? ''
  } catch {
    return { statusCode: 400, body: '' }
  }
  return { statusCode: 200, body: execSync(`echo ${number} ${seal}`).toString() }
}

export const handler = async ({ routeKey, pathParameters, body }) => {
  const number = pathParameters?.number ?? ''
  if (!NUMBER.test(number)) return { statusCode: 404, body: 'no such parcel' }
  switch (routeKey) {
    case 'GET /parcels/{number}':
      return show(number)
    case 'DELETE /parcels/{number}':
      return remove(number)
    case 'PUT /parcels/{number}/seal':
      return stamp(number, body)
    default:
      return { statusCode: 404, body: 'no such route' }
  }
}
