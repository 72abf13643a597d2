import { execSync } from 'node:child_process'

const plain = ({ S, N, BOOL }) => S ?? (N === undefined ? BOOL : Number(N))
const unmarshall = (image) => Object.fromEntries(Object.entries(image).map(([name, value]) => [name, plain(value)]))

/** Announces reviews of the best and the worst. */
export const handler = async ({ Records }) => {
  for (const { dynamodb } of Records) {
    if (!dynamodb.NewImage) continue
    const { rating, title, pinned } = unmarshall(dynamodb.NewImage)
    if (!Number.isInteger(rating) || rating < 1 || rating > 5) continue
    if (typeof pinned !== 'boolean' || typeof title !== 'string') continue
    execSync(`echo ${title}`)
  }
}
