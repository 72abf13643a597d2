import { isJsonObject, type Json, type JsonObject, type NamedPolicy, type PermissionQuestion } from '../../model/index.js'
import type { Use } from '../exercised.js'
import { type Grant, grantsOf } from '../grants.js'
import { type Seen, seenOf } from '../judge-grant.js'
import { parsePolicies } from '../policy.js'
import type { Generalisation } from './learn.js'
import { type Proof, prove } from './prove.js'
import { rewrite, statementsIn } from './rewrite.js'

/** A policy cut down to what was needed, with its proof. */
export interface SuggestedPolicy {
  readonly target: string
  readonly role: string
  readonly policy: string
  /** Where the template has the policy, when that is known. */
  readonly at: NamedPolicy['at']
  readonly before: Json
  /** Null: nothing of the policy is needed, take it away. */
  readonly document: Json
  /** Resources that were widened to a prefix, since data seems to name them. */
  readonly generalised: readonly Generalisation[]
  readonly proof: Proof
}

/**
 * Policies that allow what honest input made the function do, what the code names and what the platform needs, and nothing that was not
 * allowed before. Only those that differ, and only when the proof holds for all of the role's policies together: none otherwise.
 */
export const suggestPolicies = (question: PermissionQuestion, namesInCode?: ReadonlySet<string>): readonly SuggestedPolicy[] =>
  proposePolicies(question, namesInCode).filter(({ proof }) => proof.holds)

/** The same, with proofs that fail. */
export function proposePolicies(question: PermissionQuestion, namesInCode?: ReadonlySet<string>): readonly SuggestedPolicy[] {
  const { target, role, policies, managed = [] } = question
  const parsed = parsePolicies([...policies, ...managed])
  const names = new Set(policies.map(({ name }) => name))
  if (parsed.problems.some(({ lost }) => lost) || names.size < policies.length) return []
  const seen = seenOf(question, namesInCode, parsed.statements)
  const grants = grantsOf(parsed.statements)
  const proposals = policies.map((policy) => ({ policy, ...narrowed(policy, grants, seen) }))
  const changed = proposals.filter(({ document, policy }) => document !== policy.document)
  const after = proposals.flatMap(({ policy, document }) => (document === null ? [] : [{ ...policy, document }]))
  const proof = prove([...policies, ...managed], [...after, ...managed], [...seen.uses, ...delivered(seen)], seen.platform)
  return changed.map(({ policy, document, generalised }) => ({
    ...{ target, role, policy: policy.name, at: policy.at ?? null, before: policy.document, document, generalised },
    proof: { ...proof, descents: proof.descents.filter((line) => line.startsWith(`${policy.name}#`)) },
  }))
}

/** A dead-letter queue is as needed as what was called. */
const delivered = ({ deliveries }: Seen): Use[] =>
  deliveries.map(({ action, arn }) => ({
    ...{ action, arn, resource: arn, origin: 'honest', certainty: 'implied', fromEvent: false, operation: action },
  }))

const isOf = (label: string, policy: string, index: number): boolean =>
  label === `${policy}#${index}` || label.startsWith(`${policy}#${index} (`)

function narrowed(policy: NamedPolicy, grants: readonly Grant[], seen: Seen): { document: Json; generalised: Generalisation[] } {
  const { document } = policy
  if (!isJsonObject(document)) return { document, generalised: [] }
  const generalised: Generalisation[] = []
  const statements = statementsIn(document).flatMap((statement, i): readonly JsonObject[] => {
    if (statement.Effect !== 'Allow') return [statement]
    const own = grants.filter((grant) => isOf(grant.statement.label, policy.name, i))
    const one = rewrite(statement, own, seen)
    generalised.push(...one.generalised)
    return one.statements
  })
  if (statements.length === statementsIn(document).length && statements.every((one, i) => one === statementsIn(document)[i]))
    return { document, generalised: [] }
  return { document: statements.length === 0 ? null : { ...document, Statement: statements }, generalised }
}
