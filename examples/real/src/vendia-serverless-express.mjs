import serverlessExpress from '@vendia/serverless-express'
import express from 'express'
import { findBook, searchBooks } from './books.mjs'

const app = express()
app.use(express.json())
app.use(express.urlencoded({ extended: true }))

app.get('/books', (req, res) => {
  const { author, page } = req.query
  res.json({ books: searchBooks(author), page: Number.parseInt(page, 10) || 1 })
})

app.get('/books/:id', (req, res) => {
  const book = findBook(req.params.id)
  if (book === undefined) return res.status(404).json({ error: 'not found' })
  res.json({ book, agent: req.get('user-agent') ?? null })
})

app.post('/books', (req, res) => {
  const { title, author } = req.body ?? {}
  if (typeof title !== 'string' || title === '') return res.status(400).json({ error: 'title is missing' })
  res.status(201).json({ title, author: typeof author === 'string' ? author : null })
})

export const handler = serverlessExpress({ app })
