import { expect } from 'chai'
import { serviceModels } from '#src/aws/models/model.js'
import type { AwsCall } from '#src/model/index.js'
import { type SdkCommand, type SdkService, sdkModules, sdkService } from './sdk-clients.js'
import { markedInput, valueAt } from './sdk-inputs.js'

// A sample by default; the whole table with ALL_OPERATIONS=1
const MOST = process.env.ALL_OPERATIONS === '1' ? Number.POSITIVE_INFINITY : 15

interface Tried {
  readonly name: string
  readonly problems: readonly string[]
}

async function tryOperation(service: SdkService, command: SdkCommand, calls: AwsCall[]): Promise<Tried> {
  const { input, leaves } = markedInput(service.id, command.input)
  calls.length = 0
  const { output, error } = await service.send(command, input).then(
    (answer) => ({ output: answer, error: undefined }),
    (failure: Error) => ({ output: {}, error: failure }),
  )
  const call = calls.at(-1)
  const name = `${service.id}.${command.operation}`
  if (call === undefined) return { name, problems: [`not sent: ${String(error)}`] }
  const problems: string[] = []
  if (call.operation !== command.operation) problems.push(`decoded as ${call.service}:${call.operation}`)
  const lost = leaves.filter(([path, value]) => valueAt(call.params, path) !== value)
  if (lost.length > 0) problems.push(`lost ${lost.map(([path, value]) => `${path.join('/')}=${value}`).join(' ')}`)
  // What is played by hand may refuse an input of marks; what is invented may not.
  if (error !== undefined && call.outcome !== 'error') problems.push(`answer: ${String(error)}`)
  const token = serviceModels()
    .find(({ id }) => id === service.id)
    ?.operation(command.operation)?.pageToken
  if (token !== undefined && valueAt(output, token.split('.'))) problems.push(`asks for a further page by ${token}`)
  return { name, problems }
}

describe('every operation of every installed SDK client', () => {
  let [services, operations] = [0, 0]

  for (const [name, module] of sdkModules()) {
    it(`${name}: is decoded member by member, and its answer is read`, async function () {
      this.timeout(60_000)
      const calls: AwsCall[] = []
      const service = sdkService(module, (call) => calls.push(call))
      const tried: Tried[] = []
      for (const command of service.commands.slice(0, MOST)) tried.push(await tryOperation(service, command, calls))
      const wrong = tried.filter(({ problems }) => problems.length > 0)
      expect(wrong.map((each) => `${each.name}: ${each.problems.join('; ').slice(0, 300)}`)).to.deep.equal([])
      services++
      operations += tried.length
    })
  }

  it('is at least the services that functions use most', () => {
    console.log(`      ${operations} operations of ${services} services, ${serviceModels().length} services modelled`)
    expect(services).to.be.at.least(28)
    expect(operations).to.be.at.least(MOST === Number.POSITIVE_INFINITY ? 1800 : 360)
  })
})
