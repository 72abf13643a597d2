import { isJsonObject, type JsonObject } from '../model/index.js'
import type { Decoded } from './decode/decoded.js'
import { escapeXml, writeXml } from './decode/xml.js'
import type { HttpAnswer } from './encode.js'
import { xmlContent } from './encode-xml.js'
import type { Answer } from './services/service.js'

/** AWS Query and EC2-Query: one XML document. */
export function encodeQuery(decoded: Decoded, answer: Answer, id: string): HttpAnswer {
  const { operation, protocol, model } = decoded
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': id }
  const space = model?.namespace ? ` xmlns="${escapeXml(model.namespace)}"` : ''
  if (answer.kind === 'error') {
    const body = protocol === 'ec2' ? ec2Error(answer, id) : queryError(answer, id, space)
    return { status: answer.status, headers, body: Buffer.from(body) }
  }
  const content =
    decoded.api === undefined ? writeXml(answer.value, () => 'member') : xmlContent(decoded.api.output, answer.value)
  const body =
    protocol === 'ec2'
      ? `<${operation}Response${space}><requestId>${id}</requestId>${content}</${operation}Response>`
      : `<${operation}Response${space}><${operation}Result>${content}</${operation}Result><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${operation}Response>`
  return { status: 200, headers, body: Buffer.from(body) }
}

type ErrorAnswer = Extract<Answer, { kind: 'error' }>

/** An error of Query, and of REST-XML outside S3. */
export function queryError({ code, message, status, extra }: ErrorAnswer, id: string, space = ''): string {
  const who = status >= 500 ? 'Receiver' : 'Sender'
  const more = extraXml(extra)
  const error = `<Type>${who}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>${more}`
  return `<ErrorResponse${space}><Error>${error}</Error><RequestId>${id}</RequestId></ErrorResponse>`
}

const extraXml = (extra: JsonObject | undefined): string => (isJsonObject(extra) ? writeXml(extra, () => 'member') : '')

function ec2Error({ code, message }: ErrorAnswer, id: string): string {
  const error = `<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors>${error}</Errors><RequestID>${id}</RequestID></Response>`
}
