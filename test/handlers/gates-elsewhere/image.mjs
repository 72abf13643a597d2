import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)
export const handler = async ({ Records }) => {
  for (const { dynamodb } of Records) {
    const rows = Number(dynamodb.NewImage?.rows?.N)
    const command = dynamodb.NewImage?.task?.M?.label?.S
    if (rows > 0 && command !== undefined) SINK(command)
  }
}
