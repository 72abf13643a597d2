import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { awsError, FUNCTION, functionAnswer, startStub } from '../../invokers/live/aws-stub.js'
import { CLI } from '../shop.js'
import { live, Project } from './live-run.js'

/** `eventfuzz` as a program: exit code and stderr, line by line. */
async function eventfuzz(project: Project, url: string, ...args: readonly string[]) {
  const env = { ...process.env, AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE22', AWS_SECRET_ACCESS_KEY: 'x' }
  const child = spawn(process.execPath, [CLI, ...args], { cwd: project.dir, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, lines: text.trim().split('\n') }
}

describe('fuzz --live on the command line', () => {
  it('says what may happen even to those who want no progress; ends with one line, 2, and the report of what was done', async () => {
    await using stub = await startStub({
      invoke: (response, _event, n, id) =>
        n > 15
          ? awsError(403, 'ExpiredTokenException', 'The security token included in the request is expired')(response)
          : functionAnswer(response, id, '{"statusCode":200}'),
    })
    using project = new Project(live())
    const { code, lines } = await eventfuzz(project, stub.url, 'fuzz', '-q', FUNCTION, '--live', '-e', 'apigw-v2')
    expect(code).to.equal(2)
    expect(lines.filter((line) => line.startsWith('live: '))).to.have.lengthOf(5)
    expect(lines.at(-1)).to.match(/^eventfuzz: .* refuses the credentials: ExpiredTokenException: .* is expired$/)
    expect(lines.join('\n')).to.not.match(/^\s+at /m)
    expect(existsSync(path.join(project.dir, '.eventfuzz/last/report.html'))).to.equal(true)
  })

  it('refuses with one line and 2, before anything is sent', async () => {
    await using stub = await startStub()
    using project = new Project(live())
    const { code, lines } = await eventfuzz(project, stub.url, 'fuzz', FUNCTION, '-e', 'apigw-v2')
    expect({ code, lines }).to.deep.equal({
      code: 2,
      lines: [`eventfuzz: ${FUNCTION} is not attacked: '${FUNCTION}' really runs somewhere: only --live attacks it`],
    })
    expect(stub.requests).to.deep.equal([])
  })
})
