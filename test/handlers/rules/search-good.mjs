const PRODUCTS = ['red chair', 'blue chair', 'oak table', 'lamp']
const escapeRegExp = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Finds products by a part of their name, whole words first. */
export const handler = async (event) => {
  const term = event.queryStringParameters?.q ?? ''
  const word = new RegExp(`\\b${escapeRegExp(term)}\\b`, 'i')
  const rank = (name) => (word.test(name) ? 0 : 1)
  const found = PRODUCTS.filter((name) => name.includes(term.toLowerCase())).sort((a, b) => rank(a) - rank(b))
  return { statusCode: 200, body: JSON.stringify(found) }
}
