import mongoose from 'mongoose'

const Article = mongoose.model(
  'Article',
  new mongoose.Schema(
    { title: String, tag: String, author: String, published: Boolean },
    { autoCreate: false, autoIndex: false },
  ),
)

/** Articles of one author with one tag, as a mobile client asks for them. */
export const handler = async (event) => {
  if (mongoose.connection.readyState === 0) await mongoose.connect('mongodb://db.internal:27017/blog')
  let criteria = {}
  try {
    criteria = JSON.parse(event.body ?? '{}') ?? {}
  } catch {
    return { statusCode: 400, body: 'no JSON' }
  }
  try {
    const articles = await Article.find({ tag: criteria.tag, author: criteria.author, published: true }).limit(20).lean()
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(articles) }
  } catch (error) {
    if (error.name === 'CastError') return { statusCode: 400, body: 'criteria of another type' }
    throw error
  }
}
