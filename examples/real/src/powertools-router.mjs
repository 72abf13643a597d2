import { Router } from '@aws-lambda-powertools/event-handler/http'

const app = new Router()

app.get('/books/:id', async ({ params }) => ({ id: params.id }))
app.post('/books', async ({ req }) => ({ title: (await req.json())?.title ?? null }))

export const handler = async (event, context) => app.resolve(event, context)
