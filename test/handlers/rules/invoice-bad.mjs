import { ParseOption, XmlDocument } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'

// The schemas of suppliers include one another.
xmlRegisterFsInputProviders()

/** Takes an invoice as XML; suppliers write names of their own as entities. */
export const handler = async (event) => {
  let invoice
  try {
    invoice = XmlDocument.fromString(event.body ?? '', { option: ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_NOBLANKS })
  } catch {
    return { statusCode: 400, body: 'no XML' }
  }
  const id = invoice.get('//id')?.content ?? 'none'
  invoice.dispose()
  return { statusCode: 200, body: `invoice ${id}` }
}
