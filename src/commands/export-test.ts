import { existsSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { StoredCase } from '../campaign/stored-case.js'
import { SECRET_NAME } from '../invokers/environment.js'
import { ConfigError } from '../model/index.js'
import { findCase, readCase } from './replay.js'

/** What stands for a secret in a repository; as long as a secret has to be to be watched. */
const DECOY = 'eventfuzz-decoy-0000'

/** Writes a regression test and, beside it, the case that it replays. Nothing that is there is overwritten. */
export function exportTest(
  what: string,
  output: string | undefined,
  cwd: string,
): { readonly test: string; readonly caseFile: string } {
  const stored = readCase(findCase(what, cwd))
  const test = path.resolve(cwd, output ?? `eventfuzz-${stored.rule}-${stored.fingerprint.slice(0, 12)}.test.mjs`)
  if (!/\.m?js$/.test(test)) throw new ConfigError(`--output takes a file name that ends in .mjs or .js, not '${output}'`)
  const dir = path.dirname(test)
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ConfigError(`${test} cannot be written: there is no directory ${dir}`)
  const caseFile = test.replace(/(?:\.test)?\.m?js$/, '.case.json')
  for (const file of [test, caseFile])
    if (existsSync(file)) throw new ConfigError(`${file} is there already: choose another with --output`)
  writeFileSync(caseFile, `${JSON.stringify(portable(stored, dir), null, 2)}\n`)
  writeFileSync(test, testText(stored, path.basename(caseFile)))
  return { test, caseFile }
}

/** Without the paths of this machine, and without secrets: it goes into a repository. */
function portable(stored: StoredCase, dir: string): object {
  const { environment = {}, file, root, layers, ...target } = stored.target
  const from = (place: string): string => path.relative(dir, place).split(path.sep).join('/') || '.'
  return {
    ...stored,
    target: {
      ...target,
      file: from(file),
      root: from(root),
      environment: Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, SECRET_NAME.test(name) ? DECOY : value]),
      ),
      ...(layers === undefined ? {} : { layers: layers.map(from) }),
    },
  }
}

function testText({ rule, target, pointer, fingerprint }: StoredCase, caseName: string): string {
  const title = `${target.id}: no ${rule}${pointer === '' ? '' : ` through ${pointer}`} (${fingerprint.slice(0, 12)})`
  return `// Written by eventfuzz export. Fails until the finding is fixed, and guards the fix from then on.
import { assertFixed } from 'eventfuzz/assert'

const it = globalThis.it ?? (await import('node:test')).it

it(
  ${literal(title)},
  async function () {
    // mocha: the function is run in three fresh processes.
    this?.timeout?.(60_000)
    await assertFixed(new URL(${literal(`./${encodeURIComponent(caseName)}`)}, import.meta.url))
  },
  60_000,
)
`
}

/** A string literal in ASCII: ids come from templates and files. */
const literal = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
