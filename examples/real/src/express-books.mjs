import express from 'express'

/** A small application for adapters to bring to Lambda. */
export const books = express()

books.use(express.json())
books.get('/books/:id', (req, res) => res.json({ id: req.params.id }))
books.post('/books', (req, res) => res.status(201).json({ title: String(req.body?.title ?? '') }))
