import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { Json, JsonObject, ProjectFunction } from '#src/model/index.js'
import { sam } from '#src/project/sam.js'
import { loadYaml } from '#src/project/yaml.js'

const ROOT = fileURLToPath(new URL('../../test/project/fixtures', import.meta.url))
const FIXTURES = path.join(ROOT, 'sam')

type Expected = Readonly<Record<string, Readonly<Record<string, Json>>>>

/** Each fixture is a template that says under Metadata.Expected what its functions are. */
describe('fixtures of SAM and CloudFormation', () => {
  for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith('.template'))) {
    const template = loadYaml(readFileSync(path.join(FIXTURES, file), 'utf8')).value as { Metadata: { Expected: Expected } }
    const part = sam.read(`sam/${file}`, { root: ROOT, parameters: {} })

    for (const [id, expected] of Object.entries(template.Metadata.Expected)) {
      it(`${file}: ${id}`, async () => {
        const found = (await part).functions.find((fn) => fn.id === id)
        expect(found, id).to.not.equal(undefined)
        const said = summary(found!)
        const asked = Object.fromEntries(Object.keys(expected).map((key) => [key, said[key]]))
        expect(asked).to.deep.equal(expected)
      })
    }

    it(`${file}: no problems`, async () => {
      expect((await part).problems).to.deep.equal([])
    })
  }
})

/** What a fixture may say of a function, in few words. */
function summary(fn: ProjectFunction): Readonly<Record<string, unknown>> {
  return {
    ...fn,
    at: fn.at.line,
    triggers: fn.triggers.map(({ kind, at, trigger }) => ({ kind, at: at?.line, ...trigger })),
    managed: fn.role?.managed.map((name) => name.split('/').at(-1)),
    allows: fn.role?.policies.flatMap(({ name, document, at }) =>
      listOf((document as JsonObject)['Statement']).map((one) => {
        const { Effect, Action, Resource } = one as JsonObject
        return `${name}:${at?.line} ${Effect} ${listOf(Action).join(',')} ${listOf(Resource).join(',')}`
      }),
    ),
  }
}

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value as Json]
