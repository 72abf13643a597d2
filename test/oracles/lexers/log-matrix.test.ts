import { expect } from 'chai'
import { leavesLogLine } from '#src/oracles/lexers/log.js'
import { type Matrix, matrix, size } from './matrix.js'

const ALL = 'LLLLLLLLLL'
const NONE = 'dddddddddd'

/** By hand: CloudWatch Logs ends an entry at a line feed, and nowhere else. */
const LINES: Matrix = {
  contexts: [
    '·\n',
    'user ·\n',
    '2026-01-02T03:04:05Z\tid\tINFO\t·\n',
    '{"message":"·"}\n',
    'a\n· b\nc\n',
    '[·] done\n',
    'level=info msg="·"\n',
    "'·' is unknown\n",
    'first\rsecond ·\n',
    '·',
  ],
  rows: [
    ['x', NONE],
    ['x y', NONE],
    ['\n', ALL],
    ['\r\n', ALL],
    ['\nEND RequestId: x', ALL],
    ['\n{"_aws":{}}\n', ALL],
    ['\r', NONE],
    ['\\n', NONE],
    ['\\u000a', NONE],
    ['%0a', NONE],
    ['\u2028', NONE],
    ['\u0085', NONE],
    ['\u000b', NONE],
    ['\t', NONE],
    ['"', NONE],
    ['\u001b[2K', NONE],
  ],
}

describe('the table of log lines', () => {
  it('is large', () => expect(size(LINES)).to.be.at.least(150))
  matrix(LINES, leavesLogLine)
})
