import { Router } from 'lambda-router'

const router = Router({ logger: { error() {}, info() {}, warn() {}, debug() {} } })

router.get('/books/{id}', async (event) => ({ id: event.pathParameters.id }))
router.post('/books', async (event) => ({ title: event.body?.title ?? null }))

export async function handler(event, context) {
  context.callbackWaitsForEmptyEventLoop = false
  const result = await router.route(event, context)
  return result.response
}
