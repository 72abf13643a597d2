import { ParseOption, XmlDocument } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'

xmlRegisterFsInputProviders()

const parse = (text) => {
  try {
    return XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE })
  } catch {
    return undefined
  }
}

export async function handler({ body }) {
  const document = typeof body === 'string' ? parse(body) : undefined
  if (document === undefined) return { statusCode: 400, body: JSON.stringify({ error: 'malformed' }) }
  try {
    return { statusCode: 200, body: JSON.stringify({ id: document.get('//id')?.content ?? null }) }
  } finally {
    document.dispose()
  }
}
