// Which member of an answer asks for a further page: the SDK's paginators name it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Operation -> path of the token in its output (`NextToken`, `a.b`). */
export function pageTokens(root) {
  const folder = join(root, 'dist-es/pagination')
  if (!existsSync(folder)) return {}
  const found = readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      const match = /createPaginator\(\w+, (\w+)Command, "[^"]*", "([^"]*)"/.exec(text)
      return match === null ? [] : [[match[1], match[2]]]
    })
  return Object.fromEntries(found)
}
