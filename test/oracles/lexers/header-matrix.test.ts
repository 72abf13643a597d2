import { expect } from 'chai'
import { leavesHeaderValue } from '#src/oracles/lexers/header.js'
import { type Matrix, matrix, size } from './matrix.js'

const ALL = 'LLLLLLLLLL'
const NONE = 'dddddddddd'
const COOKIE = 'dLLddddddd'

/** By hand: a line break ends a header (RFC 9110), and in a cookie a semicolon ends the value (RFC 6265). */
const HEADERS: Matrix = {
  contexts: [
    'x-name: ·',
    'set-cookie: sid=·; Path=/; HttpOnly',
    'Set-Cookie: a=b; Path=/·',
    'content-disposition: attachment; filename="·"',
    'content-disposition: attachment; filename=·',
    'location: /·',
    'link: <·>; rel=preload',
    'cache-control: private, max-age=·',
    'content-type: text/html; charset=·',
    'vary: ·',
  ],
  rows: [
    ['x', NONE],
    ['x y', NONE],
    [';', COOKIE],
    ['; Domain=x', COOKIE],
    ['\r\n', ALL],
    ['\n', ALL],
    ['\r', ALL],
    ['\r\nx-b: y', ALL],
    ['"', NONE],
    [',', NONE],
    ['=', NONE],
    ['%0d%0a', NONE],
    ['%3B', NONE],
    ['\t', NONE],
    ['\u560d\u560a', NONE],
    ['\u2028', NONE],
    ['\u0085', NONE],
    ['é', NONE],
    ['<b>', NONE],
    ['\\r\\n', NONE],
  ],
}

describe('the table of header lines', () => {
  it('is large', () => expect(size(HEADERS)).to.be.at.least(150))
  matrix(HEADERS, (line, region) => {
    const colon = line.indexOf(': ') + 2
    const value = { start: region.start - colon, end: region.end - colon }
    return leavesHeaderValue(line.slice(0, colon - 2), line.slice(colon), value)
  })
})
