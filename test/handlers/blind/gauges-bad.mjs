/** Settings of gauges, by name: `{"gauge": "boiler-1", "set": "alarm/high/celsius", "to": 80}`. */
const gauges = new Map()

function put(tree, where, value) {
  const [first, ...rest] = where
  if (rest.length === 0) {
    tree[first] = value
    return
  }
  tree[first] ??= {}
  put(tree[first], rest, value)
}

export const handler = async ({ Records }) => {
  const batchItemFailures = []
  for (const { body, messageId } of Records) {
    try {
      const { gauge, set, to } = JSON.parse(body)
      if (typeof gauge !== 'string' || typeof set !== 'string') continue
      const tree = gauges.get(gauge) ?? {}
      put(
        tree,
        set.split('/').filter((part) => part !== ''),
        to ?? null,
      )
      gauges.clear()
      gauges.set(gauge, tree)
    } catch {
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  }
  return { batchItemFailures }
}
