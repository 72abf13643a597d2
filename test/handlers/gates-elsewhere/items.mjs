import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async ({ Records }) => {
  for (const { kinesis } of Records) {
    const message = JSON.parse(Buffer.from(kinesis.data, 'base64'))
    if (message?.type !== 'added' || !message.names?.every((name) => typeof name === 'string')) continue
    for (const name of message.names) SINK(name)
  }
}
