import playground from 'graphql-playground-middleware-lambda'

export const handler = playground.default({ endpoint: '/graphql' })
