const PRODUCTS = ['red chair', 'blue chair', 'oak table', 'lamp']

/** Finds products by a part of their name. */
export const handler = async (event) => {
  const term = event.queryStringParameters?.q ?? ''
  try {
    const pattern = new RegExp(term, 'i')
    return { statusCode: 200, body: JSON.stringify(PRODUCTS.filter((name) => pattern.test(name))) }
  } catch {
    return { statusCode: 400, body: 'bad search' }
  }
}
