import { Request, Response } from 'lambda-proxy-utils'

export const handler = async (event) => {
  const request = new Request(event)
  return new Response({ body: { name: request.getQueryParam('name') ?? null, type: request.getHeader('content-type') ?? null } })
}
