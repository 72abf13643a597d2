import awsLambdaFastify from '@fastify/aws-lambda'
import Fastify from 'fastify'
import { findBook, searchBooks } from './books.mjs'

const app = Fastify()

const newBook = {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string', minLength: 1 }, year: { type: 'integer' } },
}

app.get('/books', async (request) => {
  const { author, tag } = request.query
  return { books: searchBooks(author), tags: [tag ?? []].flat() }
})

app.get('/books/:id', async (request, reply) => {
  const book = findBook(request.params.id)
  if (book === undefined) return reply.code(404).send({ error: 'not found' })
  return { book, agent: request.headers['user-agent'] ?? null }
})

app.post('/books', { schema: { body: newBook } }, async (request, reply) => {
  const { title, year } = request.body
  return reply.code(201).send({ title, year: year ?? null })
})

export const handler = awsLambdaFastify(app)

// As the documentation advises, so that Fastify is ready before the first request.
await app.ready()
