import { ApolloServer } from '@apollo/server'
import { handlers, startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda'

const server = new ApolloServer({
  typeDefs: 'type Query { book(id: ID!): String }',
  resolvers: { Query: { book: (_parent, { id }) => id } },
})

export const handler = startServerAndCreateLambdaHandler(server, handlers.createAPIGatewayProxyEventV2RequestHandler())
