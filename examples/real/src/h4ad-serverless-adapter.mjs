import { ServerlessAdapter } from '@h4ad/serverless-adapter'
import { ApiGatewayV1Adapter, ApiGatewayV2Adapter } from '@h4ad/serverless-adapter/adapters/aws'
import { ExpressFramework } from '@h4ad/serverless-adapter/frameworks/express'
import { DefaultHandler } from '@h4ad/serverless-adapter/handlers/default'
import { PromiseResolver } from '@h4ad/serverless-adapter/resolvers/promise'
import { books } from './express-books.mjs'

export const handler = ServerlessAdapter.new(books)
  .setFramework(new ExpressFramework())
  .setHandler(new DefaultHandler())
  .setResolver(new PromiseResolver())
  .addAdapter(new ApiGatewayV1Adapter())
  .addAdapter(new ApiGatewayV2Adapter())
  .build()
