import lambdaApi from 'lambda-api'

const api = lambdaApi()

api.get('/books/:id', async (req) => ({ id: req.params.id, lang: req.query.lang ?? 'en' }))
api.post('/books', async (req, res) => res.status(201).json({ title: req.body?.title ?? null }))

export const handler = async (event, context) => await api.run(event, context)
