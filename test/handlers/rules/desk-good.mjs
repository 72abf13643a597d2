class Desk {
  open({ title = '' }) {
    return { number: 17, title: String(title) }
  }
  close({ number = 0 }) {
    return { number: Number(number), state: 'closed' }
  }
  erase() {
    return { erased: 'all' }
  }
}

const desk = new Desk()
const OFFERED = ['open', 'close']

export async function handler(event) {
  let request
  try {
    request = JSON.parse(event.body ?? '')
  } catch {
    return { statusCode: 400, body: 'no JSON' }
  }
  const name = request?.action
  console.log(JSON.stringify({ asked: String(name) }))
  if (!OFFERED.includes(name)) return { statusCode: 404, body: JSON.stringify({ error: 'no such action' }) }
  return { statusCode: 200, body: JSON.stringify(desk[name](request) ?? null) }
}
