import { posix } from 'node:path'
import { expect } from 'chai'
import { pathTraversal } from '#src/oracles/path-traversal.js'
import { effect, trial } from '../trial-maker.js'
import { HEAD } from './marked.js'
import { type Matrix, matrix, size } from './matrix.js'

const { basename, join, normalize, resolve } = posix
const UP = '../'.repeat(14)

/** How handlers make a path of a value. */
const MAKERS: Readonly<Record<string, (value: string) => string>> = {
  join: (value) => join('/tmp/files', value),
  'text before': (value) => `/tmp/files/${value}`,
  resolve: (value) => resolve('/tmp/files', value),
  'the value itself': (value) => value,
  basename: (value) => join('/tmp/files', basename(value)),
  'text before and after': (value) => `/tmp/files/${value}.txt`,
  '../ taken out once': (value) => join('/tmp', value.replaceAll('../', '')),
  'decoded and joined': (value) => join('/tmp/files', decodeURIComponent(value)),
  'normalised, then joined': (value) => join('/tmp/files', normalize(value)),
  encodeURIComponent: (value) => `/var/task/${encodeURIComponent(value)}`,
}

/** By hand, from POSIX path resolution below /var/task; H is the marker. */
const PATHS: Matrix = {
  contexts: Object.keys(MAKERS),
  rows: [
    ['H', 'dddddddddd'],
    ['./H', 'dddddddddd'],
    ['a/b/H', 'dddddddddd'],
    ['a/../H', 'dddddddddd'],
    [`${UP}var/opt/H`, 'LLLLdLdLLd'],
    [`${UP}var/opt/H.json`, 'LLLLdLdLLd'],
    [`x/../${UP}var/opt/H`, 'LLLLdLdLLd'],
    ['/var/opt/H', 'ddLLdddddd'],
    ['//var/opt/H', 'ddLLdddddd'],
    [UP.replaceAll('../', '....//') + '/var/opt/H', 'ddddddLddd'],
    [`${UP.replaceAll('/', '%2f')}var%2fopt%2fH`, 'dddddddLdd'],
    [`${UP.replaceAll('/', '\\')}var\\opt\\H`, 'dddddddddd'],
    ['var/opt/H', 'dddddddddd'],
    ['..H', 'dddddddddd'],
    ['~/H', 'dddddddddd'],
    ['%2e%2e/H', 'dddddddddd'],
  ],
}

describe('the table of paths', () => {
  it('is large', () => expect(size(PATHS)).to.be.at.least(150))
  matrix(
    PATHS,
    (path) => {
      const read = effect('fs', { op: 'readFile', path, real: resolve('/var/task', path) })
      return [...pathTraversal.judge(trial({ effects: [read] }))].length > 0
    },
    (context, payload) => ({ text: MAKERS[context]!(payload.replace('H', HEAD)), region: { start: 0, end: 0 } }),
  )
})
