import { api } from '@manwaring/lambda-wrapper'

export const handler = api(async ({ body, path, success, invalid }) =>
  path?.id === undefined ? invalid() : success({ body: { id: path.id, title: body?.title ?? null } }),
)
