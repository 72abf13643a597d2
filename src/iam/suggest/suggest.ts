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
  /** For each statement of `before` those that take its place. */
  readonly statements: readonly (readonly JsonObject[])[]
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
  const proof = proofOf(question, after, seen)
  return changed.map(({ policy, document, statements, generalised }) => ({
    ...{ target, role, policy: policy.name, at: policy.at ?? null, before: policy.document, document, statements, generalised },
    proof: { ...proof, descents: proof.descents.filter((line) => line.startsWith(`${policy.name}#`)) },
  }))
}

/** Proves policies that stand in for those of the question, however they came to be: read again from an edited template, for one. */
export function provePolicies(question: PermissionQuestion, after: readonly NamedPolicy[]): Proof {
  const { statements } = parsePolicies([...question.policies, ...(question.managed ?? [])])
  return proofOf(question, after, seenOf(question, undefined, statements))
}

const proofOf = ({ policies, managed = [] }: PermissionQuestion, after: readonly NamedPolicy[], seen: Seen): Proof =>
  prove([...policies, ...managed], [...after, ...managed], [...seen.uses, ...delivered(seen)], seen.platform)

/** A dead-letter queue is as needed as what was called. */
const delivered = ({ deliveries }: Seen): Use[] =>
  deliveries.map(({ action, arn }) => ({
    ...{ action, arn, resource: arn, origin: 'honest', certainty: 'implied', fromEvent: false, operation: action },
  }))

const isOf = (label: string, policy: string, index: number): boolean =>
  label === `${policy}#${index}` || label.startsWith(`${policy}#${index} (`)

type Narrowed = Pick<SuggestedPolicy, 'document' | 'statements' | 'generalised'>

function narrowed(policy: NamedPolicy, grants: readonly Grant[], seen: Seen): Narrowed {
  const { document } = policy
  const old = statementsIn(document)
  const same = { document, statements: old.map((one) => [one]), generalised: [] }
  if (!isJsonObject(document)) return same
  const generalised: Generalisation[] = []
  const statements = old.map((statement, i): readonly JsonObject[] => {
    if (statement.Effect !== 'Allow') return [statement]
    const own = grants.filter((grant) => isOf(grant.statement.label, policy.name, i))
    const one = rewrite(statement, own, seen)
    generalised.push(...one.generalised)
    return one.statements
  })
  if (statements.every((list, i) => list.length === 1 && list[0] === old[i])) return same
  const flat = statements.flat()
  return { document: flat.length === 0 ? null : { ...document, Statement: flat }, statements, generalised }
}
