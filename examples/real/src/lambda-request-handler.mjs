import lambdaRequestHandler from 'lambda-request-handler'
import { books } from './express-books.mjs'

export const handler = lambdaRequestHandler(books)
