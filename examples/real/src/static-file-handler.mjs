import path from 'node:path'
import StaticFileHandler from 'serverless-aws-static-file-handler'

const files = new StaticFileHandler(path.join(import.meta.dirname, 'files'))

export const handler = async (event, context) => files.get(event, context)
