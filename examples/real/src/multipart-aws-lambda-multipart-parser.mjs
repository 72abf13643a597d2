import { parse } from 'aws-lambda-multipart-parser'

export const handler = async (event) => {
  const fields = parse(event, true)
  return { statusCode: 200, body: JSON.stringify({ fields: Object.keys(fields).length }) }
}
