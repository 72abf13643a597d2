import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { compile } from '#src/generate/index.js'
import { type Json, type JsonObject, PACKAGE_ROOT } from '#src/model/index.js'

const ROOT = new URL('test/json-schema-test-suite/draft2020-12/', PACKAGE_ROOT)
const OPTIONS = { strict: false, ownProperties: true, validateFormats: false, validateSchema: false, logger: false } as const
/** Values asked of each schema. */
export const VALUES = 60

interface Group {
  readonly description: string
  readonly schema: Json
  readonly tests: readonly { readonly data: Json; readonly valid: boolean }[]
}

/**
 * What the compiler does with one schema of the suite. `wrong` is a value that ajv refuses, or a schema called unsatisfiable for
 * which the suite has a valid value, or an error without a place; `unjudged`: ajv itself fails the suite's tests of that schema.
 */
export interface Outcome {
  readonly file: string
  readonly description: string
  readonly kind: 'valid' | 'unsatisfiable' | 'unsupported' | 'unjudged' | 'wrong'
  readonly detail: string
}

export const filesOfSuite = (): readonly string[] =>
  [...readdirSync(ROOT), ...readdirSync(new URL('optional/', ROOT)).map((name) => `optional/${name}`)]
    .filter((name) => name.endsWith('.json'))
    .sort()

/** One outcome for each schema of a file of the suite. */
export const outcomesOf = (file: string): readonly Outcome[] =>
  (JSON.parse(readFileSync(new URL(file, ROOT), 'utf8')) as readonly Group[]).map((group) => ({
    file,
    description: group.description,
    ...outcomeOf(group),
  }))

function outcomeOf(group: Group): Pick<Outcome, 'kind' | 'detail'> {
  try {
    const made = fc.sample(compile(group.schema as JsonObject, group.schema), { seed: 3, numRuns: VALUES }) as readonly Json[]
    const check = judgeOf(group)
    if (check === undefined) return { kind: 'unjudged', detail: '' }
    const refused = made.filter((value) => !check(value))
    return refused.length === 0
      ? { kind: 'valid', detail: '' }
      : { kind: 'wrong', detail: `${refused.length} of ${VALUES} are invalid, such as ${JSON.stringify(refused[0])}` }
  } catch (error) {
    const { name, message } = error as Error
    if (name === 'Unsatisfiable')
      return { kind: group.tests.some(({ valid }) => valid) ? 'wrong' : 'unsatisfiable', detail: message }
    return { kind: /^The schema cannot be compiled: .*\/[$\w]+ /.test(message) ? 'unsupported' : 'wrong', detail: message }
  }
}

/** Undefined where ajv does not pass what the suite says of the schema: its word is worth nothing then. */
function judgeOf({ schema, tests }: Group): ((value: Json) => boolean) | undefined {
  try {
    const check = new Ajv2020(OPTIONS).compile(schema as JsonObject)
    return tests.every(({ data, valid }) => check(data) === valid) ? (value) => check(value) : undefined
  } catch {
    return undefined
  }
}
