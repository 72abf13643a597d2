import { load, YAMLException } from 'js-yaml'

const text = (value, otherwise) => (typeof value === 'string' ? value : otherwise)

export async function handler({ body }) {
  try {
    const document = load(body ?? '') ?? {}
    const name = text(document.name, 'unnamed')
    return { statusCode: 202, headers: { 'content-type': 'text/plain' }, body: `build ${name}` }
  } catch (problem) {
    if (!(problem instanceof YAMLException)) throw problem
    return { statusCode: 422, headers: { 'content-type': 'text/plain' }, body: problem.reason }
  }
}
