import { isJsonObject, type Json } from './json.js'
import type { Outcome } from './observation.js'

/** Resources of the Allow statements that an authorizer answered with; none where it refused, threw or named no policy. */
export function allowedResources(outcome: Outcome | undefined): readonly string[] {
  const value = outcome?.kind === 'returned' ? parsed(outcome.text) : null
  const policy = isJsonObject(value) ? (value['policyDocument'] ?? null) : null
  const statements = isJsonObject(policy) ? listOf(policy['Statement']) : []
  return statements
    .filter(isJsonObject)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Resource }) => listOf(Resource).filter((one) => typeof one === 'string'))
}

/** Whether one of these resources covers an ARN: `*` stands for any text, slashes too, `?` for one sign. */
export const covers = (resources: readonly string[], arn: string): boolean =>
  resources.some((resource) => {
    const pattern = resource.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')
    return new RegExp(`^${pattern.replaceAll('?', '.')}$`).test(arn)
  })

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}
