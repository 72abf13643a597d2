import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readUserJson } from '../config/index.js'
import { ConfigError, type Report, type TargetReport } from '../model/index.js'
import { type Listing, list } from './list.js'

export interface Initialised {
  /** What was found, in one line. */
  readonly summary: string
  readonly files: readonly { readonly file: string; readonly wrote: boolean }[]
}

const CONFIGS = ['eventfuzz.config.mjs', 'eventfuzz.config.js', 'eventfuzz.config.json']
export const BASELINE = 'eventfuzz.baseline.json'
const WORKFLOW = '.github/workflows/eventfuzz.yml'

/** Writes configuration, baseline and CI workflow after a look at the project. What is there already is left alone. */
export async function init(cwd: string): Promise<Initialised> {
  const listing = await list(cwd)
  const missing = missingOf(cwd)
  const config = CONFIGS.find((name) => existsSync(path.join(cwd, name)))
  const files = [
    config === undefined ? write(cwd, CONFIGS[0]!, configText(listing, missing)) : { file: config, wrote: false },
    write(cwd, BASELINE, `${JSON.stringify({ $schema: SCHEMA('baseline'), findings: [] }, null, 2)}\n`),
    write(cwd, WORKFLOW, WORKFLOW_TEXT),
    ignore(cwd),
  ]
  const triggers = listing.functions.reduce((sum, { triggers: all }) => sum + all.length, 0)
  const unresolved = listing.functions.reduce((sum, fn) => sum + fn.unresolved.length, listing.problems.length)
  const found = `found ${listing.functions.length} functions, ${triggers} triggers`
  return { summary: unresolved === 0 ? found : `${found}; ${unresolved} things were not resolved, see 'eventfuzz list'`, files }
}

const SCHEMA = (name: string): string => `./node_modules/eventfuzz/schemas/${name}.schema.json`

function write(cwd: string, name: string, text: string): { file: string; wrote: boolean } {
  const file = path.join(cwd, name)
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text, { flag: 'wx' })
    return { file: name, wrote: true }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return { file: name, wrote: false }
    throw new ConfigError(`${file} cannot be written (${code ?? String(error)})`)
  }
}

/** Runs are nothing to commit; `.eventfuzz` ignores itself, this line says so to people. */
function ignore(cwd: string): { file: string; wrote: boolean } {
  const file = path.join(cwd, '.gitignore')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (/^\/?\.eventfuzz\/?\s*$/m.test(text)) return { file: '.gitignore', wrote: false }
  writeFileSync(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}.eventfuzz/\n`)
  return { file: '.gitignore', wrote: true }
}

/** Functions of the last run that missed something: those that failed every honest event, and those whose AWS answers were made up. */
function missingOf(cwd: string): readonly TargetReport[] {
  const file = path.join(cwd, '.eventfuzz/last/report.json')
  if (!existsSync(file)) return []
  const { targets } = readUserJson(file, 'The report') as unknown as Partial<Report>
  return (targets ?? []).filter(({ status }) => status !== 'not-loaded')
}

function configText({ functions }: Listing, missing: readonly TargetReport[]): string {
  const entries = functions.flatMap((fn) => {
    const stub = stubOf(missing.find(({ id }) => id === fn.id))
    return stub === undefined ? [] : [`    ${JSON.stringify(fn.id)}: ${stub},`]
  })
  const known = functions.map(({ id, triggers }) => ` *   ${safe(id)}: ${triggers.map(({ kind }) => kind).join(', ')}`)
  return `/**
 * What eventfuzz found here (run 'eventfuzz list' for all of it):
${known.slice(0, 50).join('\n') || ' *   no template with functions'}
 *
 * @type {import('eventfuzz').UserConfig}
 */
export default {
  // Values of template parameters: { Stage: 'dev' }
  parameters: {},
  // Functions to leave out, by id; * stands for any text.
  exclude: [],
  // What differs from the template: environment, timeout, triggers, answers of AWS (fixtures) and of other hosts (http).
  functions: {
${entries.join('\n')}${entries.length === 0 ? '' : '\n'}  },
}
`
}

/** Ids come from templates: no id ends the comment. */
const safe = (text: string): string => text.replaceAll('*/', '* /').replace(/[^\x20-\x7e]/g, '?')

/** A stub for everything that a function missed; the values are for a person to fill in. */
function stubOf(target: TargetReport | undefined): string | undefined {
  if (target === undefined) return undefined
  const names = target.missing.filter(({ kind }) => kind === 'environment').map(({ name }) => [name, ''])
  const fixtures = target.missing
    .filter(({ kind }) => kind === 'aws')
    .map(({ name }) => {
      const [service = '', operation = ''] = name.split(':')
      return { service, operation, answer: {} }
    })
  const http = target.missing.flatMap(({ kind, name }) => {
    const host = name.replace(/:(?:80|443)$/, '')
    return kind === 'host' && /^[\w.-]+(?::\d+)?$/.test(host) ? [{ host, status: 200, body: {} }] : []
  })
  const stub = {
    ...(names.length === 0 ? {} : { environment: Object.fromEntries(names) as object }),
    ...(fixtures.length === 0 ? {} : { fixtures }),
    ...(http.length === 0 ? {} : { http }),
  }
  return Object.keys(stub).length === 0 ? undefined : JSON.stringify(stub, null, 2).replaceAll('\n', '\n    ')
}

const WORKFLOW_TEXT = `name: eventfuzz
on:
  pull_request:
  schedule:
    - cron: '17 3 * * *'
permissions:
  contents: read
jobs:
  fuzz:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm ci
      - run: npx eventfuzz fuzz --time 10m --baseline ${BASELINE} --output-dir eventfuzz-report
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: eventfuzz-report
          path: eventfuzz-report
          include-hidden-files: true
`
