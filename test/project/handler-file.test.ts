import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { ProjectFunction } from '#src/model/index.js'
import { handlerFile } from '#src/project/handler-file.js'

const ROOT = fileURLToPath(new URL('../../test/project/fixtures/handlers', import.meta.url))

function fn(overrides: Partial<ProjectFunction>): ProjectFunction {
  const nothing = { name: null, entry: null, inline: null, timeoutMs: null, memoryMb: null, role: null }
  const empty = { environment: {}, triggers: [], layers: [], destinations: [], unresolved: [] }
  const at = { file: path.join(ROOT, 'template.yaml'), line: 1 }
  return { id: 'Fn', at, code: ROOT, handler: 'app.handler', runtime: 'nodejs22.x', ...nothing, ...empty, ...overrides }
}

type Found = readonly [code: string, handler: string, expected: string, overrides?: Partial<ProjectFunction>]

/** file#export, task root */
const FOUND: readonly Found[] = [
  ['plain', 'app.handler', 'plain/app.js#handler plain'],
  ['.', 'plain/app.api.handler', 'plain/app.js#api.handler .'],
  ['plain', 'both.handler', 'plain/both.mjs#handler plain'],
  ['plain', 'dir.handler', 'plain/dir/index.js#handler plain'],
  ['plain', 'typed.handler', 'plain/typed.ts#handler plain'],
  ['plain', 'page.handler', 'plain/page.tsx#handler plain'],
  ['plain', 'app.handler', 'plain/app.js#handler plain', { runtime: null }],
  [
    'plain',
    '/opt/nodejs/node_modules/x/handler.handler',
    'plain/app.js#go plain',
    { environment: { DD_LAMBDA_HANDLER: 'app.go' } },
  ],
  ['ts', 'dist/main.handler', 'ts/src/main.ts#handler ts'],
  ['ts/dist', 'api/get.handler', 'ts/src/api/get.ts#handler ts'],
  ['ts/dist', 'src/api/get.handler', 'ts/src/api/get.ts#handler ts'],
  ['ts', 'main.handler', 'ts/src/main.ts#handler ts'],
  ['ts2', 'compiled/main.handler', 'ts2/app/main.ts#handler ts2'],
  ['dist-built', 'dist/app.handler', 'dist-built/dist/app.js#handler dist-built'],
  ['entry', 'app.handler', 'entry/src/deep/app.ts#handler entry', { entry: 'src/deep/app.ts' }],
  ['flat', 'orders.handler', 'flat/functions/orders/orders.ts#handler flat'],
  ['mono/packages/api/dist', 'index.handler', 'mono/packages/api/src/index.ts#handler mono/packages/api'],
]

const WHY: readonly (readonly [Partial<ProjectFunction>, string])[] = [
  [{ runtime: 'python3.13' }, 'python3.13 is not supported yet'],
  [{ runtime: null, code: path.join(ROOT, 'plain'), entry: 'app.py' }, 'app.py is not supported yet'],
  [{ code: null }, 'the template does not say where in the project its code is'],
  [{ handler: null }, 'the template does not say its handler'],
  [{ inline: 'x' }, 'its code stands inside the template, which is not supported yet'],
  [{ handler: 'app' }, 'its handler "app" is not of the form file.export'],
  [{ handler: 'src/.handler' }, 'its handler "src/.handler" is not of the form file.export'],
  [{ handler: 'src/app.' }, 'its handler "src/app." is not of the form file.export'],
  [{ handler: 'nowhere.handler' }, 'nowhere.js does not exist, and no source of it was found'],
  [{ handler: '../sam/code/app.handler' }, 'its handler "../sam/code/app.handler" leads outside the project'],
  [{ code: path.join(ROOT, 'code.zip') }, 'its code is an archive: code.zip'],
]

describe('the file behind a handler', () => {
  for (const [code, handler, expected, overrides] of FOUND) {
    it(`${code} ${handler} is ${expected}`, () => {
      const found = handlerFile(fn({ code: path.join(ROOT, code), handler, ...overrides }), ROOT)
      const said =
        'why' in found
          ? found.why
          : `${path.relative(ROOT, found.file)}#${found.export} ${path.relative(ROOT, found.root) || '.'}`
      expect(said).to.equal(expected)
    })
  }

  for (const [overrides, why] of WHY) {
    it(`says why there is none: ${why}`, () => {
      expect(handlerFile(fn(overrides), ROOT)).to.deep.equal({ why })
    })
  }
})
