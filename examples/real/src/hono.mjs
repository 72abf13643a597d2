import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { findBook, searchBooks } from './books.mjs'

const app = new Hono()

app.get('/books', (c) => c.json({ books: searchBooks(c.req.query('author')), tags: c.req.queries('tag') ?? [] }))

app.get('/books/:id', (c) => {
  const book = findBook(c.req.param('id'))
  if (book === undefined) return c.json({ error: 'not found' }, 404)
  return c.json({ book, language: c.req.header('accept-language') ?? null })
})

app.post('/books', async (c) => {
  const body = await c.req.json().catch(() => null)
  if (typeof body?.title !== 'string' || body.title === '') return c.json({ error: 'title is missing' }, 400)
  return c.json({ title: body.title, year: Number.isInteger(body.year) ? body.year : null }, 201)
})

export const handler = handle(app)
