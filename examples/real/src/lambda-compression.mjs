import { compress } from 'lambda-compression'

export const handler = async (event) =>
  compress(event, { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'a text '.repeat(100) })
