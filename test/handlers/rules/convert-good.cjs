/** Converts a document with the plug-in that the client asks for. */
exports.handler = async (event) => {
  const format = event.queryStringParameters?.format
  if (!format || !/^[\w-]+$/.test(format)) return { statusCode: 400, body: 'format is missing' }
  try {
    const { convert } = require(`./formats/${format}`)
    return { statusCode: 200, body: String(convert('text')) }
  } catch {
    return { statusCode: 404, body: 'no such format' }
  }
}
