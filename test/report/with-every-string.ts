/** The same value with every string in it, at any depth, replaced: what a report looks like when everything in it is hostile. */
export function withEveryString<T>(value: T, text: string): T {
  if (typeof value === 'string') return text as T
  if (Array.isArray(value)) return value.map((one) => withEveryString(one, text)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withEveryString(inner, text)])) as T
}
