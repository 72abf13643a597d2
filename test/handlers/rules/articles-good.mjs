import { connect, model, Schema } from 'mongoose'
import { z } from 'zod'

const Criteria = z.object({ tag: z.string().max(60), author: z.string().max(60).optional() })
const articles = new Schema({ title: String, tag: String, author: String, published: Boolean })
articles.set('autoCreate', false).set('autoIndex', false)
const Article = model('Article', articles)
const ready = connect(process.env.BLOG_DB ?? 'mongodb://db.internal:27017/blog')

export const handler = async ({ body }) => {
  const criteria = Criteria.safeParse(json(body))
  if (!criteria.success) return answer(422, { problems: criteria.error.issues.length })
  await ready
  const { tag, author } = criteria.data
  const found = await Article.find({ published: true, tag, ...(author && { author }) })
    .sort({ title: 1 })
    .limit(20)
  return answer(200, { count: found.length })
}

function json(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const answer = (statusCode, value) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})
