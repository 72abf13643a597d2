import { HttpError } from './http.mjs'

const MAX_DEPTH = 4

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lays the customer's options over the defaults, level by level. */
export const mergeOptions = (target, options, depth = 0) => {
  if (depth > MAX_DEPTH) throw new HttpError(400, 'The options are nested too deeply')
  for (const key of Object.keys(options)) {
    const value = options[key]
    if (isObject(value) && isObject(target[key])) {
      mergeOptions(target[key], value, depth + 1)
    } else {
      target[key] = value
    }
  }
  return target
}
