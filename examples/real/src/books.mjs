const books = new Map([
  ['1', { id: '1', title: 'A Book of Events', author: 'Adams' }],
  ['2', { id: '2', title: 'Queues and Streams', author: 'Brown' }],
])

export const findBook = (id) => books.get(id)

export const searchBooks = (author) =>
  [...books.values()].filter((book) => typeof author !== 'string' || book.author.startsWith(author))
