import { expect } from 'chai'
import { leadsTo } from '#src/oracles/lexers/url.js'
import { HEAD } from './marked.js'
import { type Matrix, matrix, size } from './matrix.js'

/** H is a host of the attacker's. By hand, from the WHATWG URL standard: what a browser makes of it on a page of https://api.example.com/. */
const LOCATIONS: Matrix = {
  contexts: [
    '·',
    '/·',
    'https://shop.example.com·',
    'https://shop.example.com/·',
    'https://shop.example.com/?next=·',
    '//·',
    'https://·/x',
    '/login?to=·',
    './·',
    'https://shop.example.com#·',
    'https://user@·',
    '/a/·',
  ],
  rows: [
    ['https://H', 'Lddddddddddd'],
    ['//H', 'LLdddLLddddd'],
    ['/\\H', 'LLdddLLddddd'],
    ['\\\\H', 'LLdddLLddddd'],
    ['H', 'ddLddLLdddLd'],
    ['-H', 'ddLddLLdddLd'],
    ['@H', 'ddLddLLdddLd'],
    [':@H', 'ddLddLLdddLd'],
    ['javascript:H', 'dddddddddddd'],
    ['https:H', 'dddddddddddd'],
    ['http:H', 'Lddddddddddd'],
    ['\t//H', 'LLdddLLddddd'],
    [' //H', 'Lddddddddddd'],
    ['%2f%2fH', 'dddddddddddd'],
    ['/H', 'dLdddLLddddd'],
    ['?H', 'dddddddddddd'],
    ['#H', 'dddddddddddd'],
    ['https://shop.example.com.H', 'Lddddddddddd'],
    ['https://H@shop.example.com', 'dddddddddddd'],
    ['https://shop.example.com\\@H', 'dddddddddddd'],
    ['HTTPS://H', 'Lddddddddddd'],
    ['ftp://H', 'Lddddddddddd'],
  ],
}

describe('the table of locations', () => {
  it('is large', () => expect(size(LOCATIONS)).to.be.at.least(150))
  const host = `${HEAD}.example.invalid`
  matrix(
    LOCATIONS,
    (text) => leadsTo(text, host),
    (context, payload) => ({
      text: context.replace('·', () => payload.replace(/H(?!T)/, () => host)),
      region: { start: 0, end: 0 },
    }),
  )
})
