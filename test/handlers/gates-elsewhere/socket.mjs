import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
const ACTIONS = new Map([
  ['$connect', () => 'welcome'],
  ['rename', ({ title }) => SINK(title)],
])
export const handler = async (event) => {
  const act = ACTIONS.get(event.requestContext.routeKey)
  if (act === undefined) return { statusCode: 400 }
  act(event.body === undefined ? {} : JSON.parse(event.body))
  return { statusCode: 200 }
}
