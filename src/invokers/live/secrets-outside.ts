import type { Secret } from '../../model/index.js'

const SECRET_NAME = /secret|token|passw|pwd|private|credential|api_?key|signing|connection_?string|database_?url/i
const SHORTEST = 8

/** Values of the function's environment that nobody outside should see. They are kept in memory only. */
export const secretVariables = (variables: Readonly<Record<string, string>>): Secret[] =>
  Object.entries(variables)
    .filter(([name, value]) => SECRET_NAME.test(name) && value.length >= SHORTEST && !value.startsWith('arn:'))
    .map(([name, value]) => ({ name, value }))

const ACCESS_KEY = /\b(?:ASIA|AKIA)[A-Z2-7]{16}\b/g
const NAMED = /(AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)["'\\\s:=]{1,8}([A-Za-z0-9/+=]{30,4096})/g

const NONE: readonly Secret[] = []

/** Credentials of the function's own role, which only the platform knows: found by their form. */
export function credentialsIn(text: string): readonly Secret[] {
  // Asked of every answer: most hold nothing of the kind.
  if (!text.includes('ASIA') && !text.includes('AKIA') && !text.includes('AWS_')) return NONE
  const keys = [...text.matchAll(ACCESS_KEY)].map(([value]) => ({ name: 'AWS_ACCESS_KEY_ID', value }))
  const named = [...text.matchAll(NAMED)].map(([, name, value]) => ({ name: name!, value: value! }))
  return [...keys, ...named]
}
