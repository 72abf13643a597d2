import { dispatchEvent, successResponse } from 'serverless-event-orchestrator'

const routes = {
  get: { '/books/{id}': { handler: async (event) => successResponse({ id: event.params.id }) } },
  post: { '/books': { handler: async (event) => successResponse({ title: event.payload.body?.title ?? null }) } },
}

export const handler = async (event) => dispatchEvent(event, { apigateway: routes })
