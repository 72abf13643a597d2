import express from 'express'
import serverless from 'serverless-http'
import { findBook, searchBooks } from './books.mjs'

const app = express()
app.use(express.json())

app.get('/books', (req, res) => {
  const { author, sort } = req.query
  res.json({ books: searchBooks(author), sort: typeof sort === 'string' ? sort : null })
})

app.get('/books/:id', (req, res) => {
  const book = findBook(req.params.id)
  if (book === undefined) return res.status(404).json({ error: 'not found', id: req.params.id })
  res.json({ book, language: req.get('accept-language') ?? null })
})

app.post('/books', (req, res) => {
  const { title, year } = req.body ?? {}
  if (typeof title !== 'string' || title === '') return res.status(400).json({ error: 'title is missing' })
  res.status(201).json({ title, year: Number.isInteger(year) ? year : null })
})

export const handler = serverless(app)
