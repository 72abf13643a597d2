import { ConfigError, isJsonObject, type Json, type JsonObject, type NamedPolicy } from '../model/index.js'
import { readConditions } from './evaluate/condition-test.js'
import { type Principals, readPrincipals } from './evaluate/principals.js'
import { lintStatement } from './lint-statement.js'
import { nearest } from './nearest.js'
import type { Names, Statement } from './statement.js'

/** Something wrong with a policy. `lost`: a part of it could not be read, so that it may allow or deny more than we see. */
export interface PolicyProblem {
  readonly policy: string
  /** Where in the document: `Statement[2].Effect`. */
  readonly place: string
  readonly why: string
  readonly lost: boolean
}

export interface ParsedPolicies {
  readonly statements: readonly Statement[]
  readonly problems: readonly PolicyProblem[]
}

const POLICY_KEYS = ['Version', 'Id', 'Statement']
const STATEMENT_KEYS = [
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'Principal',
  'NotPrincipal',
]
const VERSIONS = ['2012-10-17', '2008-10-17']
// IAM: all inline policies of a role together hold at most 10,240 signs, white space not counted.
const MOST_SIGNS = 10_240

/** Policies of an identity (roles, boundaries, SCPs, sessions) name no principal; those of a resource (trust policies, RCPs) must. */
export type PolicyKind = 'identity' | 'resource'

/** Reads policy documents. What is no policy at all throws ConfigError; a bad part becomes a problem and the rest is still read. */
export function parsePolicies(policies: readonly NamedPolicy[], kind: PolicyKind = 'identity'): ParsedPolicies {
  const readers = policies.map((policy) => new PolicyReader(policy, kind))
  return { statements: readers.flatMap((reader) => reader.read()), problems: readers.flatMap((reader) => reader.problems) }
}

class PolicyReader {
  readonly problems: PolicyProblem[] = []
  private readonly sids = new Set<string>()
  private readonly name: string
  private readonly document: Json
  private readonly repeated: readonly string[]
  private readonly kind: PolicyKind

  constructor({ name, document, repeated = [] }: NamedPolicy, kind: PolicyKind) {
    this.name = name
    this.document = document
    this.repeated = repeated
    this.kind = kind
  }

  read(): Statement[] {
    const { document } = this
    if (!isJsonObject(document)) throw new ConfigError(`${this.name} is no policy: it must be a JSON object with a Statement`)
    const { Statement: found, Version } = document
    if (found === undefined) throw new ConfigError(`${this.name} is no policy: it has no Statement${this.hint(document)}`)
    const list = Array.isArray(found) ? (found as readonly Json[]) : [found]
    if (!Array.isArray(found) && !isJsonObject(found))
      throw new ConfigError(`${this.name} is no policy: Statement must be an object or a list of objects, not ${kindOf(found)}`)
    this.unknownKeys('', document, POLICY_KEYS)
    this.checkSize()
    for (const key of this.repeated)
      this.problem(clip(key), 'It stands twice in one object: IAM refuses that, and only the last of them is read here', true)
    if (list.length === 0) this.problem('Statement', 'The list of statements is empty: this policy grants nothing', false)
    if (Version === undefined)
      this.problem('Version', 'No Version: IAM then reads it as 2008-10-17, without policy variables', false)
    else if (typeof Version !== 'string' || !VERSIONS.includes(Version))
      this.problem('Version', `Version must be 2012-10-17 or 2008-10-17, not ${shown(Version)}`, false)
    return list.flatMap((statement, i) => this.statement(statement, i, Version !== '2008-10-17' && Version !== undefined))
  }

  private hint(document: JsonObject): string {
    const inner = ['PolicyDocument', 'Document', 'PolicyVersion'].find((key) => isJsonObject(document[key]))
    if (inner !== undefined) return `. Give the object that stands under ${inner}`
    const near = Object.keys(document).find((key) => nearest(key, ['Statement']) !== undefined)
    return near === undefined ? '' : `. Is '${clip(near)}' meant to be 'Statement'?`
  }

  private checkSize(): void {
    const size = JSON.stringify(this.document).length
    if (size > MOST_SIGNS) this.problem('', `About ${size} signs long: IAM accepts at most ${MOST_SIGNS} in a role`, false)
  }

  private statement(found: Json, index: number, variables: boolean): Statement[] {
    const place = `Statement[${index}]`
    if (!isJsonObject(found)) return this.lose(place, `A statement must be an object, not ${kindOf(found)}`)
    if (Object.keys(found).length === 0) return this.lose(place, 'The statement is empty')
    this.unknownKeys(`${place}.`, found, STATEMENT_KEYS)
    const { Effect, Sid } = found
    if (Effect !== 'Allow' && Effect !== 'Deny')
      return this.lose(`${place}.Effect`, `Effect must be 'Allow' or 'Deny' to the letter, not ${shown(Effect)}`)
    const principals = this.principals(found, place)
    if (principals === null) return []
    const actions = this.names(found, place, 'Action', false)
    const resources = this.isTrust(found)
      ? { names: ANYTHING, variables: [], written: ['*'] }
      : this.names(found, place, 'Resource', variables)
    if (actions === undefined || resources === undefined) return []
    const label = `${this.name}#${index}${typeof Sid === 'string' && Sid !== '' ? ` (${Sid})` : ''}`
    const tests = readConditions(found.Condition, (at, why, lost) =>
      this.problem(`${place}.Condition${at === '' ? '' : `.${clip(at)}`}`, why, lost),
    )
    lintStatement(found, tests, this.sids, (at, why, lost) => this.problem(`${place}.${clip(at)}`, why, lost))
    const conditions = [...tests.map(({ key }) => key), ...resources.variables]
    const written = { resources: resources.written, variables, tests, principals }
    return [{ label, effect: Effect, actions: actions.names, resources: resources.names, conditions, written }]
  }

  /** A trust policy has no resource: it stands at its role. */
  private isTrust({ Resource, NotResource }: JsonObject): boolean {
    return this.kind === 'resource' && Resource === undefined && NotResource === undefined
  }

  /** Null: the statement cannot stand in this kind of policy. */
  private principals({ Principal, NotPrincipal }: JsonObject, place: string): Principals | undefined | null {
    const value = Principal ?? NotPrincipal
    if (this.kind === 'identity') {
      if (value === undefined) return undefined
      this.lose(
        `${place}.Principal`,
        'A statement with a Principal belongs to a resource or trust policy, not to a role; skipped',
      )
      return null
    }
    const read = value === undefined ? undefined : readPrincipals(value, Principal === undefined)
    if (read !== undefined) return read
    this.lose(
      `${place}.Principal`,
      'A statement of a resource policy must name whom it speaks of: Principal, such as {"AWS": "*"}',
    )
    return null
  }

  private names(statement: JsonObject, place: string, key: 'Action' | 'Resource', variables: boolean): Read | undefined {
    const not = `Not${key}`
    const except = statement[not] !== undefined
    if (except === (statement[key] !== undefined)) {
      this.lose(place, except ? `It has both ${key} and ${not}` : `It has neither ${key} nor ${not}`)
      return undefined
    }
    const at = `${place}.${except ? not : key}`
    const value = statement[except ? not : key]!
    const list = Array.isArray(value) ? (value as readonly Json[]) : [value]
    const texts = list.filter(isName)
    for (const [i, entry] of list.entries()) if (!isName(entry)) this.loseName(entry, Array.isArray(value) ? `${at}[${i}]` : at)
    if (list.length === 0) this.lose(at, 'The list is empty')
    if (texts.length === 0) return undefined
    // An exception that cannot be read would make the rest of the list mean more than it says.
    if (except && texts.length < list.length) return undefined
    return readNames(texts, except, variables)
  }

  private loseName(entry: Json, at: string): void {
    const found = isJsonObject(entry)
      ? `an object (${clip(Object.keys(entry).join(', '))}): resolve the template first`
      : shown(entry)
    this.lose(at, `Must be a string, not ${found}`)
  }

  private unknownKeys(prefix: string, value: JsonObject, known: readonly string[]): void {
    for (const key of Object.keys(value).filter((name) => !known.includes(name))) {
      const near = nearest(key, known) ?? known.find((name) => name.toLowerCase() === key.toLowerCase())
      this.problem(`${prefix}${clip(key)}`, `IAM knows no such key${near === undefined ? '' : `. Did you mean '${near}'?`}`, true)
    }
  }

  private lose(place: string, why: string): [] {
    this.problem(place, why, true)
    return []
  }

  private problem(place: string, why: string, lost: boolean): void {
    this.problems.push({ policy: this.name, place, why, lost })
  }
}

const isName = (entry: Json): entry is string => typeof entry === 'string' && entry !== ''

const ANYTHING: Names = { except: false, patterns: ['*'] }

interface Read {
  readonly names: Names
  readonly written: readonly string[]
  readonly variables: readonly string[]
}

/** A policy variable may become any text, and whether it does is known only at the request: a wildcard under a condition. */
function readNames(texts: readonly string[], except: boolean, variables: boolean): Read {
  if (!variables) return { names: { except, patterns: texts }, variables: [], written: texts }
  const found = texts.flatMap((text) => text.match(VARIABLE) ?? []).filter((name) => !SIGNS.has(name))
  // An exception that may name nothing excepts nothing for sure.
  const sure = except ? texts.filter((text) => !hasVariable(text)) : texts
  return { names: { except, patterns: sure.map((text) => text.replace(VARIABLE, '*')) }, variables: found, written: texts }
}

const VARIABLE = /\$\{[^{}]+\}/g
// Not variables but the signs themselves.
const SIGNS: ReadonlySet<string> = new Set(['*', '?', '$'].map((sign) => `\${${sign}}`))

const hasVariable = (text: string): boolean => (text.match(VARIABLE) ?? []).some((name) => !SIGNS.has(name))

const kindOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`)
const shown = (value: Json | undefined): string => (value === undefined ? 'missing' : clip(JSON.stringify(value)))
const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}...` : text)
