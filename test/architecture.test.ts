import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/** Which room may import which: an arrow may only go down. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  config: ['model'],
  generate: ['model'],
  events: ['model', 'generate'],
  harness: ['model'],
  databases: ['model'],
  aws: ['model', 'databases'],
  invokers: ['model', 'harness', 'aws'],
  oracles: ['model'],
  campaign: ['model'],
  iam: ['model', 'aws'],
  project: ['model'],
  report: ['model'],
  commands: [
    'model',
    'config',
    'generate',
    'events',
    'harness',
    'databases',
    'aws',
    'invokers',
    'oracles',
    'campaign',
    'iam',
    'project',
    'report',
  ],
  cli: ['model', 'config', 'commands', 'report'],
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

const roomOf = (file: string): string => file.split(path.sep)[0] ?? ''

/** Rooms that a file imports from, statically or through a door. */
function importedRooms(file: string): string[] {
  const code = readFileSync(path.join(SRC, file), 'utf8')
  const specifiers = [...code.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]!)
  const targets = specifiers.map((specifier) => path.normalize(path.join(path.dirname(file), specifier)))
  return targets.map(roomOf).filter((room) => room !== roomOf(file))
}

describe('the walls of the house', () => {
  it('reads a source tree that is there', () => {
    expect(files.length).to.be.greaterThan(100)
  })

  for (const [room, allowed] of Object.entries(MAY_IMPORT)) {
    it(`${room} imports only ${allowed.join(', ') || 'nothing'}`, () => {
      const wrong = files
        .filter((file) => roomOf(file) === room && file.includes(path.sep))
        .flatMap((file) =>
          importedRooms(file)
            .filter((other) => !allowed.includes(other))
            .map((other) => `${file} imports ${other}`),
        )
      expect(wrong).to.deep.equal([])
    })
  }

  it('knows every room', () => {
    const rooms = new Set(files.filter((file) => file.includes(path.sep)).map(roomOf))
    expect([...rooms].filter((room) => !(room in MAY_IMPORT))).to.deep.equal([])
  })

  it('opens harness and aws to invokers by their entries only', () => {
    const wrong = files
      .filter((file) => roomOf(file) === 'invokers')
      .flatMap((file) =>
        [...readFileSync(path.join(SRC, file), 'utf8').matchAll(/from '(\.\.\/(?:harness|aws)\/[^']+)'/g)].map(
          (match) => match[1]!,
        ),
      )
      .filter((specifier) => specifier !== '../aws/client.js')
    expect(wrong).to.deep.equal([])
  })

  it('keeps files to 250 lines', () => {
    const long = files
      .map((file) => [file, readFileSync(path.join(SRC, file), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 250)
    expect(long).to.deep.equal([])
  })
})
