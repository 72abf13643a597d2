export const handler = async (event) => ({ statusCode: 200, headers: {}, body: event.path })
