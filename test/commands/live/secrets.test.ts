import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { renderText } from '#src/report/text.js'
import { functionAnswer, startStub } from '../../invokers/live/aws-stub.js'
import { thorough } from '../../thorough.js'
import { flags, live, liveRun, options, Project } from './live-run.js'

const TOKEN = 'tok-4f1c9e7720aa'
const KEY = 'ASIAIOSFODNN7EXAMPLE'
const config = live({ budget: { invocations: 600, gbSeconds: 1_000, time: '5m', concurrency: 2, rate: 10_000 } })

function textsBelow(dir: string): string {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  return files.map((file) => readFileSync(path.join(file.parentPath, file.name), 'utf8')).join('\n')
}

describe('secrets of a deployed function', () => {
  for (const [what, value, test] of [
    ['a variable of its environment', TOKEN, it],
    ['the credentials of its role', KEY, thorough],
  ] as const) {
    test(`that leak are found, and are written nowhere: ${what}`, async () => {
      // A quote is too much for it: it answers with all that it knows.
      await using stub = await startStub({
        invoke: (response, event, _n, id) =>
          functionAnswer(
            response,
            id,
            JSON.stringify({ statusCode: 500, body: event.includes("'") ? `failed with ${value}` : 'ok' }),
            { log: `${value}\n` },
          ),
      })
      using project = new Project(config)
      const run = options(project.dir, { runs: 80, rules: ['secret-leak', 'html-injection', 'header-injection'] })
      const { report } = await liveRun(stub.url, run)
      expect(report.findings.map(({ rule }) => rule)).to.include('secret-leak')
      const written = textsBelow(path.join(project.dir, '.eventfuzz'))
      expect(written).to.include('secret-leak').and.not.include(value)
      expect(renderText(report, { color: false })).to.not.include(value)
      // A run that goes on finds it again, in what was written down without it.
      const before = stub.invoked.length
      const again = await liveRun(stub.url, { ...run, live: { ...flags, resume: true } })
      expect(again.report.findings.map(({ fingerprint }) => fingerprint)).to.deep.equal(
        report.findings.map(({ fingerprint }) => fingerprint),
      )
      expect(stub.invoked).to.have.lengthOf(before)
      expect(textsBelow(path.join(project.dir, '.eventfuzz'))).to.not.include(value)
    })
  }
})
