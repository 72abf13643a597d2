/** The profile of the user, for our sites. */
export const handler = async (event) => ({
  statusCode: 200,
  headers: {
    'Access-Control-Allow-Origin': event.headers.origin ?? '*',
    'Access-Control-Allow-Credentials': 'true',
  },
  body: JSON.stringify({ name: 'Ada' }),
})
