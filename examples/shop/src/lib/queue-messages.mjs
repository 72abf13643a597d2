/** A text field of a queue message, or null when it is missing, empty, too long or of another type. */
export const textField = (message, name, max = 256) => {
  if (typeof message !== 'object' || message === null || !Object.hasOwn(message, name)) return null
  const value = message[name]
  return typeof value === 'string' && value !== '' && value.length <= max ? value : null
}
