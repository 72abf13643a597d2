import { isJsonObject } from '../../model/index.js'
import { keyProblem, noSuchKey, objectAt, type StoredObject, shelfOf } from './s3-objects.js'
import { type Answer, type Ask, listOf, ok, refuse } from './service.js'

export function getTagging({ params, store }: Ask): Answer {
  const object = objectAt(store, params.Bucket, String(params.Key))
  return object === undefined ? noSuchKey(String(params.Key)) : ok({ TagSet: [...(object.tags ?? [])] })
}

export function putTagging(ask: Ask): Answer {
  const { Tagging } = ask.params
  const tags = isJsonObject(Tagging) ? listOf(Tagging.TagSet).filter(isJsonObject) : []
  // AWS: at most ten tags an object
  if (tags.length > 10) return refuse('BadRequest', 'Object tags cannot be greater than 10')
  return changed(ask, tags)
}

export const deleteTagging = (ask: Ask): Answer => changed(ask, [])

function changed({ params, store }: Ask, tags: StoredObject['tags'] & object): Answer {
  const key = String(params.Key)
  const problem = keyProblem(key)
  if (problem !== undefined) return problem
  const object = objectAt(store, params.Bucket, key)
  if (object === undefined) return noSuchKey(key)
  // Also of an object that was made up: from here on it is there.
  store.put(shelfOf(params.Bucket), key, { ...object, tags }, object.bytes.length)
  return ok({})
}
