import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { callsMade, ownCode } from '#src/iam/index.js'
import { evidence } from './maker.js'

/** Writes a function of these files and reads it; the first file is its handler. */
function read(files: Readonly<Record<string, string>>, layers: readonly string[] = []) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-code-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  return ownCode(
    path.join(root, Object.keys(files)[0]!),
    root,
    layers.map((layer) => path.join(root, layer)),
  )
}
const manifest = (name: string, more: object = {}) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', ...more }),
})
const s3 = "import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3'\n"

describe('the code of a function', () => {
  it('says where calls are written, through its own files', () => {
    const { sites, hidden } = read({
      'src/index.mjs': `${s3}import { keep } from './keep.mjs'\nexport const handler = async () => {\n  await new S3Client({}).send(new GetObjectCommand({}))\n  await keep()\n}\n`,
      'src/keep.mjs':
        "import { DynamoDB, paginateScan } from '@aws-sdk/client-dynamodb'\nexport const keep = () => new DynamoDB().putItem({})\n",
    })
    expect(hidden).to.equal(undefined)
    const written = sites.map(({ operation, file, line }) => `${operation} ${file}:${line}`)
    expect(written).to.include.members(['GetObject src/index.mjs:4', 'PutItem src/keep.mjs:2'])
  })

  it('in TypeScript is read by its own lines', () => {
    const { sites, names, hidden } = read({
      'index.ts': `${s3}import { go } from './go.js'\ninterface Event { readonly key: string }\nexport const handler = (event: Event): unknown => go(event.key)\n`,
      'go.ts':
        "import { GetObjectCommand } from '@aws-sdk/client-s3'\n\nexport const go = (key: string) =>\n  new GetObjectCommand({ Bucket: 'b', Key: key })\n",
    })
    expect(hidden).to.equal(undefined)
    expect(names.has('GetObjectCommand')).to.equal(true)
    expect(sites.find(({ operation }) => operation === 'GetObject')).to.deep.equal({
      operation: 'GetObject',
      isSdk: true,
      file: 'go.ts',
      line: 4,
    })
  })

  it('is counted by the calls that were made of those that it writes', () => {
    const { sites } = read({
      'a.mjs': `${s3}const c = new S3Client({})\nexport const handler = async (e) => {\n  await c.send(new GetObjectCommand({}))\n  if (e.x) await c.send(new GetObjectCommand({}))\n  await db.send(new PutCommand({}))\n  return new Map(rows).get(e.id)\n}\n`,
    })
    const at = (line: number) => ({ file: 'a.mjs', line, column: 1, fn: 'handler' })
    const call = (name: string, line: number) => ({ ...evidence({ call: name, on: [] }), location: at(line) })
    expect(callsMade(sites, [call('s3:GetObject', 4)])).to.deep.equal({ written: 3, made: 1 })
    expect(callsMade(sites, [call('s3:GetObject', 5), call('dynamodb:PutItem', 6)])).to.deep.equal({ written: 3, made: 2 })
    expect(callsMade(sites, [{ ...call('s3:GetObject', 5), stage: 'hostile' }])).to.deep.equal({ written: 3, made: 0 })
  })

  it('names properties that are looked up by a word', () => {
    expect(read({ 'index.cjs': "exports.handler = (e, db) => db['scan']({})" }).names.has('scan')).to.equal(true)
  })

  // what the function is made of, why calls may be hidden
  const HIDING: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    [
      'a package that calls AWS',
      { 'a.mjs': "import 'store'", ...manifest('store', { dependencies: { '@aws-sdk/client-s3': '3' } }) },
      'store may make calls',
    ],
    [
      'one deep below',
      {
        'a.mjs': "import 'x'",
        ...manifest('x', { dependencies: { y: '1' } }),
        ...manifest('y', { peerDependencies: { 'aws-sdk': '2' } }),
      },
      'x may make calls',
    ],
    ['a package that is not there', { 'a.mjs': "import 'lost'" }, 'lost may make calls'],
    ['a file that is not there', { 'a.mjs': "import './lost.mjs'" }, './lost.mjs is not among its files'],
    ['a computed name', { 'a.cjs': 'exports.handler = (e) => require(e.kind)' }, 'names are computed'],
    ['another program', { 'a.mjs': "import { execFile } from 'node:child_process'" }, 'starts other programs'],
    ['no JavaScript', { 'a.mjs': 'let let = (' }, 'a.mjs cannot be read'],
    [
      'a bundle',
      { 'a.js': "class G extends C.classBuilder().ep({}).m(function () {}).s('AmazonS3', 'GetObject', {}).build() {}" },
      'it is a bundle',
    ],
  ]
  for (const [what, files, why] of HIDING) it(`hides calls: ${what}`, () => expect(read(files).hidden).to.include(why))

  it('hides nothing behind packages that call no AWS', () => {
    const files = {
      'a.mjs':
        "import { z } from 'zod'\nimport fs from 'fs'\nimport { marshall } from '@aws-sdk/util-dynamodb'\nimport data from './data.json' with { type: 'json' }",
      'data.json': '{}',
      ...manifest('zod', {
        dependencies: { tiny: '1' },
        peerDependencies: { react: '1' },
        peerDependenciesMeta: { react: { optional: true } },
      }),
      ...manifest('tiny'),
    }
    expect(read(files).hidden).to.equal(undefined)
  })

  it('finds packages in layers, and programs of layers hide calls', () => {
    const layer = { 'layer/nodejs/node_modules/zod/package.json': '{"name":"zod"}' }
    expect(read({ 'a.mjs': "import 'zod'", ...layer }, ['layer']).hidden).to.equal(undefined)
    expect(read({ 'a.mjs': '', 'layer/extensions/agent': '' }, ['layer']).hidden).to.include('a layer brings programs')
  })
})
