// Asked once, before any event.
const asked = fetch('https://settings.example/all').then(
  (answer) => answer.text(),
  (error) => error.cause.code,
)

export const handler = async () => asked
