import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { ROOT } from '../commands/shop.js'

const files = readdirSync(path.join(ROOT, 'schemas'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.json'),
)

describe('the schemas of the package', () => {
  it('are there', () => expect(files.length).to.be.greaterThan(12))

  // A run does not check them again: see src/model/own-schema.ts.
  for (const file of files)
    it(`${file} is a JSON Schema`, () => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false })
      expect(ajv.validateSchema(JSON.parse(readFileSync(path.join(ROOT, 'schemas', file), 'utf8'))), ajv.errorsText()).to.equal(
        true,
      )
    })
})
